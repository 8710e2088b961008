package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Camera;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Light;
import io.vigil.testvideos.render.Texture;
import java.util.ArrayList;
import java.util.List;

/** A place while it is laid out: ground, things that stand, actors and counting lines. */
final class Setting {

  /** A flat piece of the ground, corners as x, y. */
  record Patch(Texture texture, int rgb, double[] corners) {}

  /** Something that stands and is not annotated. */
  record Placed(Figure figure, double x, double y, double heading) {}

  /** A line on the ground that is counted at. */
  record Stripe(String name, double fromX, double fromY, double toX, double toY) {}

  final Dice dice;
  final boolean wet;
  final List<Patch> patches = new ArrayList<>();
  final List<Placed> props = new ArrayList<>();
  final List<Actor> actors = new ArrayList<>();
  final List<Light.Lamp> lamps = new ArrayList<>();
  final List<Stripe> stripes = new ArrayList<>();
  Camera camera;

  Setting(Dice dice, boolean wet) {
    this.dice = dice;
    this.wet = wet;
  }

  void patch(Texture texture, int rgb, double... corners) {
    patches.add(new Patch(texture, rgb, corners));
  }

  void rectangle(Texture texture, int rgb, double x0, double y0, double x1, double y1) {
    patch(texture, rgb, x0, y0, x1, y0, x1, y1, x0, y1);
  }

  /** Not so near to the camera that it fills the picture. */
  void prop(Figure figure, double x, double y, double heading, double room) {
    double dx = x - camera.x();
    double dy = y - camera.y();
    if (dx * dx + dy * dy > room * room) {
      props.add(new Placed(figure, x, y, heading));
    }
  }

  void lamp(Figure post, double x, double y, double heading, double height, double strength) {
    prop(post, x, y, heading, 3);
    lamps.add(
        new Light.Lamp(
            x + 1.1 * StrictMath.cos(heading),
            y + 1.1 * StrictMath.sin(heading),
            height,
            strength));
  }

  void stripe(String name, double fromX, double fromY, double toX, double toY) {
    stripes.add(new Stripe(name, fromX, fromY, toX, toY));
  }

  void actor(Kind kind, Figure figure, Route route, double start, double speed, double length) {
    actors.add(new Actor(actors.size() + 1, kind, figure, route, start, speed, length));
  }
}
