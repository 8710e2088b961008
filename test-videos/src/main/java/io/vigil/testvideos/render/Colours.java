package io.vigil.testvideos.render;

/** Arithmetic on colours of 0xRRGGBB. */
public final class Colours {

  private Colours() {}

  public static int rgb(double red, double green, double blue) {
    return level(red) << 16 | level(green) << 8 | level(blue);
  }

  private static int level(double value) {
    return (int) Math.max(0, Math.min(255, value + 0.5));
  }

  public static int scaled(int rgb, double factor) {
    return rgb((rgb >> 16 & 255) * factor, (rgb >> 8 & 255) * factor, (rgb & 255) * factor);
  }

  /** {@code share} of the second colour in the first. */
  public static int mixed(int first, int second, double share) {
    double rest = 1 - share;
    return rgb(
        (first >> 16 & 255) * rest + (second >> 16 & 255) * share,
        (first >> 8 & 255) * rest + (second >> 8 & 255) * share,
        (first & 255) * rest + (second & 255) * share);
  }

  /**
   * @param hue 0 to 1, red at 0, green at 1/3
   * @param saturation 0 to 1
   * @param value 0 to 1, of the strongest channel
   */
  public static int hsv(double hue, double saturation, double value) {
    return rgb(
        channel(hue + 1.0 / 3, saturation, value),
        channel(hue, saturation, value),
        channel(hue - 1.0 / 3, saturation, value));
  }

  private static double channel(double hue, double saturation, double value) {
    double turn = 6 * (hue - Math.floor(hue));
    double pure = Math.max(0, Math.min(1, 2 - Math.abs(turn - 2)));
    return 255 * value * (1 - saturation * (1 - pure));
  }

  /** Any colour, vivid or dull. */
  public static int any(Dice dice) {
    return hsv(dice.unit(), dice.between(0.05, 0.9), dice.between(0.15, 0.95));
  }

  /** A colour near the given one. */
  public static int varied(Dice dice, int rgb, double spread) {
    double brightness = dice.between(1 - spread, 1 + spread);
    return rgb(
        (rgb >> 16 & 255) * brightness * dice.between(1 - spread / 2, 1 + spread / 2),
        (rgb >> 8 & 255) * brightness * dice.between(1 - spread / 2, 1 + spread / 2),
        (rgb & 255) * brightness * dice.between(1 - spread / 2, 1 + spread / 2));
  }
}
