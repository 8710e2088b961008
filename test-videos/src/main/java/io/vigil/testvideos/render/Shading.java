package io.vigil.testvideos.render;

/** The colour of a round surface by how it is turned to the camera. */
final class Shading {

  private final int rgb;
  private final Light light;
  private final View view;
  private final double lamps;
  private final double sunRight;
  private final double sunUp;
  private final double sunTowards;

  /**
   * @param lamps how much lamps add here
   * @param rgb negative if it shines by itself
   */
  Shading(Light light, View view, double lamps, int rgb) {
    this.light = light;
    this.view = view;
    this.lamps = lamps;
    this.rgb = rgb;
    var sun = light.toSun();
    sunRight = sun[0] * view.rightX + sun[1] * view.rightY;
    sunUp = sun[0] * view.upX + sun[1] * view.upY + sun[2] * view.upZ;
    sunTowards = -(sun[0] * view.forwardX + sun[1] * view.forwardY + sun[2] * view.forwardZ);
  }

  /** Right, up and towards the camera make a unit vector. */
  int at(double right, double up, double towards) {
    if (rgb < 0) {
      return rgb & 0xFFFFFF;
    }
    double facing = Math.max(0, right * sunRight + up * sunUp + towards * sunTowards);
    double skyward = up * view.upZ - towards * view.forwardZ;
    double sky = 0.72 + 0.28 * skyward;
    double below = lamps * (0.65 + 0.35 * skyward);
    var ambient = light.ambient();
    var sun = light.sun();
    return channel(rgb >> 16 & 255, ambient[0] * sky + sun[0] * facing + below) << 16
        | channel(rgb >> 8 & 255, ambient[1] * sky + sun[1] * facing + 0.82 * below) << 8
        | channel(rgb & 255, ambient[2] * sky + sun[2] * facing + 0.55 * below);
  }

  private static int channel(int level, double factor) {
    return Math.min(255, (int) (level * factor + 0.5));
  }
}
