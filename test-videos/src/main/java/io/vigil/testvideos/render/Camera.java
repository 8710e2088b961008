package io.vigil.testvideos.render;

/**
 * A pinhole camera. The world is in metres: x and y on the ground, z up.
 *
 * @param yaw where it looks, radians from the x axis towards the y axis
 * @param pitch how far it looks down, radians
 * @param focal focal length in widths of the picture: 1 is an angle of 53 degrees from side to side
 */
public record Camera(double x, double y, double z, double yaw, double pitch, double focal) {

  /**
   * Looks at a point on the ground.
   *
   * @param fieldOfView from side to side, radians
   */
  public static Camera lookingAt(
      double x, double y, double z, double atX, double atY, double atZ, double fieldOfView) {
    double distance = Math.sqrt((atX - x) * (atX - x) + (atY - y) * (atY - y));
    return new Camera(
        x,
        y,
        z,
        StrictMath.atan2(atY - y, atX - x),
        StrictMath.atan2(z - atZ, distance),
        0.5 / StrictMath.tan(fieldOfView / 2));
  }
}
