package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Camera;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Lens;
import io.vigil.testvideos.render.Light;
import io.vigil.testvideos.render.Surroundings;
import io.vigil.testvideos.render.Texture;
import java.util.List;

/** Scenes with nothing in them but what a test puts there: a magenta floor, flat light. */
final class Rooms {

  static final int FLOOR = 0xFF00FF;
  private static final double[] WHITE = {1, 1, 1};
  private static final double[] NONE = {0, 0, 0};

  private Rooms() {}

  /** Seen from the point (0, -12), 5 metres up, towards the origin. */
  static Setting empty() {
    var setting = new Setting(new Dice(1), false);
    setting.camera = Camera.lookingAt(0, -12, 5, 0, 0, 0.5, 1);
    setting.rectangle(Texture.PLAIN, FLOOR, -150, -150, 150, 150);
    return setting;
  }

  static void stand(Setting setting, Kind kind, Figure figure, double x, double y, double heading) {
    var route = Route.straight(x, y, x + StrictMath.cos(heading), y + StrictMath.sin(heading));
    setting.actor(kind, figure, route, 0, 0, 1);
  }

  static Scene scene(Setting setting) {
    var light = new Light(WHITE, NONE, new double[] {0, 0, 1}, 0, false, List.of());
    var lens = new Lens(0, 0, 0, 0, 0, WHITE, 1, 0);
    var sky = new Surroundings(FLOOR, FLOOR, FLOOR, 0);
    var conditions = new Conditions(Conditions.Hour.OVERCAST, false, light, lens, sky, 0);
    return new Scene(1, Viewpoint.SIDE, setting, conditions);
  }
}
