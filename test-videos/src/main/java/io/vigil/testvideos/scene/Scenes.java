package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Dice;

/**
 * Makes scenes:
 *
 * <pre>
 * Scene scene = Scenes.of(42, Viewpoint.SIDE);
 * Frame frame = scene.draw(3.5, 640, 360);
 * ImageIO.write(frame.picture(), "png", file);
 * frame.annotations().forEach(System.out::println);
 * </pre>
 */
public final class Scenes {

  private Scenes() {}

  /** The same scene for the same arguments, on every machine. */
  public static Scene of(long seed, Viewpoint viewpoint) {
    var dice = new Dice(Dice.mix(seed) + 31 * viewpoint.ordinal());
    var conditions = Conditions.of(dice.fork());
    var setting = new Setting(dice.fork(), conditions.wet());
    Layouts.lay(setting, viewpoint);
    return new Scene(seed, viewpoint, setting, conditions);
  }
}
