package io.vigil.testvideos.render;

import java.util.List;

/**
 * What falls on a scene. Colours are factors of red, green and blue.
 *
 * @param ambient from everywhere
 * @param sun from one direction
 * @param toSun unit vector
 * @param shadow how much darker the ground is in shadow, 0 to 1
 * @param dark whether lamps and headlights are lit
 */
public record Light(
    double[] ambient, double[] sun, double[] toSun, double shadow, boolean dark, List<Lamp> lamps) {

  /** A street lamp, or another light from above. */
  public record Lamp(double x, double y, double z, double strength) {}

  private static final double[] WARM = {1.0, 0.82, 0.55};

  /** How much lamps add at a place near the ground. */
  double lampsAt(double x, double y) {
    double sum = 0;
    if (dark) {
      for (var lamp : lamps) {
        double dx = x - lamp.x;
        double dy = y - lamp.y;
        double height = lamp.z * lamp.z;
        double near = height / (height + dx * dx + dy * dy);
        sum += lamp.strength * near * near;
      }
    }
    return Math.min(1, sum);
  }

  /** The colour of a surface with this normal. */
  int shade(int rgb, double nx, double ny, double nz, double lamps) {
    return Colours.rgb(
        (rgb >> 16 & 255) * factor(0, nx, ny, nz, lamps),
        (rgb >> 8 & 255) * factor(1, nx, ny, nz, lamps),
        (rgb & 255) * factor(2, nx, ny, nz, lamps));
  }

  /** How bright a white surface with this normal is, in one of the channels. */
  double factor(int channel, double nx, double ny, double nz, double lamps) {
    double facing = Math.max(0, nx * toSun[0] + ny * toSun[1] + nz * toSun[2]);
    double sky = 0.72 + 0.28 * nz;
    double below = lamps * (0.65 + 0.35 * nz);
    return ambient[channel] * sky + sun[channel] * facing + WARM[channel] * below;
  }
}
