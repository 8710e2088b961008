package io.vigil.testvideos.render;

/** The colour of a round surface by how it is turned to the camera. */
final class Shading {

  private final int shining;
  private final double viewUpZ;
  private final double viewForwardZ;
  private final double lamps;
  private final double sunRight;
  private final double sunUp;
  private final double sunTowards;
  private final double[] level;
  private final double ambientRed;
  private final double ambientGreen;
  private final double ambientBlue;
  private final double sunRed;
  private final double sunGreen;
  private final double sunBlue;

  /**
   * @param lamps how much lamps add here
   * @param rgb negative if it shines by itself
   */
  Shading(Light light, View view, double lamps, int rgb) {
    shining = rgb < 0 ? rgb & 0xFFFFFF : -1;
    this.lamps = lamps;
    viewUpZ = view.upZ;
    viewForwardZ = view.forwardZ;
    var sun = light.toSun();
    sunRight = sun[0] * view.rightX + sun[1] * view.rightY;
    sunUp = sun[0] * view.upX + sun[1] * view.upY + sun[2] * view.upZ;
    sunTowards = -(sun[0] * view.forwardX + sun[1] * view.forwardY + sun[2] * view.forwardZ);
    level = new double[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
    ambientRed = light.ambient()[0];
    ambientGreen = light.ambient()[1];
    ambientBlue = light.ambient()[2];
    sunRed = light.sun()[0];
    sunGreen = light.sun()[1];
    sunBlue = light.sun()[2];
  }

  /** Right, up and towards the camera make a unit vector. */
  int at(double right, double up, double towards) {
    if (shining >= 0) {
      return shining;
    }
    double facing = Math.max(0, right * sunRight + up * sunUp + towards * sunTowards);
    double skyward = up * viewUpZ - towards * viewForwardZ;
    double sky = 0.72 + 0.28 * skyward;
    double below = lamps * (0.65 + 0.35 * skyward);
    return channel(level[0] * (ambientRed * sky + sunRed * facing + below)) << 16
        | channel(level[1] * (ambientGreen * sky + sunGreen * facing + 0.82 * below)) << 8
        | channel(level[2] * (ambientBlue * sky + sunBlue * facing + 0.55 * below));
  }

  private static int channel(double value) {
    return Math.min(255, (int) (value + 0.5));
  }
}
