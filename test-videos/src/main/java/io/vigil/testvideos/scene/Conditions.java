package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Lens;
import io.vigil.testvideos.render.Light;
import io.vigil.testvideos.render.Surroundings;
import java.util.List;

/**
 * Hour and weather, and what the camera makes of them.
 *
 * @param shake of the camera, standard deviation as a share of the picture's width
 */
record Conditions(Hour hour, boolean wet, Light light, Lens lens, Surroundings sky, double shake) {

  enum Hour {
    SUNNY,
    OVERCAST,
    DUSK,
    NIGHT
  }

  static Conditions of(Dice dice) {
    var hour = Hour.values()[dice.weighted(45, 25, 14, 16)];
    boolean wet = hour != Hour.SUNNY && dice.chance(0.25);
    return new Conditions(
        hour, wet, light(hour, dice), lens(hour, wet, dice), sky(hour, dice), shake(dice));
  }

  private static double shake(Dice dice) {
    return dice.chance(0.35) ? dice.between(0.0004, 0.0022) : 0;
  }

  Light lit(List<Light.Lamp> lamps) {
    return new Light(
        light.ambient(), light.sun(), light.toSun(), light.shadow(), light.dark(), lamps);
  }

  private static Light light(Hour hour, Dice dice) {
    return switch (hour) {
      case SUNNY -> {
        double warm = dice.between(0.85, 1.0);
        double sky = dice.between(0.5, 0.72);
        double[] ambient = {sky * 0.95, sky, sky * 1.08};
        double[] sun = {0.62, 0.62 * (warm + 1) / 2, 0.62 * warm};
        yield new Light(
            ambient, sun, toSun(dice, 25, 70), dice.between(0.35, 0.62), false, List.of());
      }
      case OVERCAST -> {
        double sky = dice.between(0.75, 0.98);
        double[] ambient = {sky, sky, sky * dice.between(0.98, 1.08)};
        double[] sun = {0.16, 0.16, 0.16};
        yield new Light(
            ambient, sun, toSun(dice, 75, 88), dice.between(0.15, 0.35), false, List.of());
      }
      case DUSK -> {
        double sky = dice.between(0.4, 0.6);
        double[] ambient = {sky * 0.98, sky * 0.9, sky * 1.1};
        double[] sun = {0.42, 0.28, 0.16};
        boolean dark = dice.chance(0.7);
        yield new Light(ambient, sun, toSun(dice, 14, 26), dice.between(0.2, 0.4), dark, List.of());
      }
      case NIGHT -> {
        double sky = dice.between(0.18, 0.34);
        double[] ambient = {sky * 0.9, sky * 0.95, sky * 1.2};
        double[] sun = {0.03, 0.03, 0.04};
        yield new Light(ambient, sun, toSun(dice, 70, 88), dice.between(0.2, 0.4), true, List.of());
      }
    };
  }

  private static double[] toSun(Dice dice, double lowest, double highest) {
    double elevation = dice.between(lowest, highest) * Math.PI / 180;
    double azimuth = dice.between(0, 2 * Math.PI);
    double flat = StrictMath.cos(elevation);
    return new double[] {
      flat * StrictMath.cos(azimuth), flat * StrictMath.sin(azimuth), StrictMath.sin(elevation)
    };
  }

  private static Lens lens(Hour hour, boolean wet, Dice dice) {
    boolean dim = hour == Hour.NIGHT || hour == Hour.DUSK;
    double exposure = dim ? dice.between(0.95, 1.35) : dice.between(0.8, 1.15);
    double[] gain = {
      exposure * dice.between(0.92, 1.08), exposure, exposure * dice.between(0.9, 1.1)
    };
    int grey = dim ? 0x303844 : 0xC4CCD4;
    return new Lens(
        dice.chance(0.3) || wet ? dice.between(0.05, 0.5) : 0,
        Colours.varied(dice, grey, 0.15),
        dice.chance(0.6) ? dice.between(0.1, 1.0) : 0,
        dice.chance(0.7) ? dice.between(0.5, dim ? 7 : 5) : 0,
        wet && dice.chance(0.7) ? dice.whole(80, 400) : 0,
        gain,
        dice.between(0.8, 1.2),
        dice.chance(0.4) ? dice.between(0.05, 0.35) : 0);
  }

  private static Surroundings sky(Hour hour, Dice dice) {
    return switch (hour) {
      case SUNNY ->
          new Surroundings(
              Colours.varied(dice, 0x3E78C0, 0.2), 0xB4CCE0, 0xF4F4F4, dice.between(0, 0.5));
      case OVERCAST ->
          new Surroundings(
              Colours.varied(dice, 0x98A0A8, 0.15), 0xC8CCCE, 0xB8BCC0, dice.between(0.3, 0.8));
      case DUSK ->
          new Surroundings(
              Colours.varied(dice, 0x384870, 0.2), 0xD08858, 0x785868, dice.between(0, 0.6));
      case NIGHT ->
          new Surroundings(
              Colours.varied(dice, 0x0A0E18, 0.3), 0x1C2028, 0x181A20, dice.between(0, 0.5));
    };
  }
}
