package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Camera;

/** Lays out the place of each viewpoint. */
final class Layouts {

  private static final double DEGREE = Math.PI / 180;

  private Layouts() {}

  static void lay(Setting setting, Viewpoint viewpoint) {
    switch (viewpoint) {
      case SIDE, POLE, BRIDGE -> StreetLayout.lay(setting, viewpoint);
      case CORNER -> new CrossingLayout(setting).lay();
      case ROUNDABOUT -> new RoundaboutLayout(setting).lay();
      case PARKING -> new ParkingLayout(setting).lay();
      case PLAZA -> new PlazaLayout(setting).lay();
    }
  }

  static double degrees(double angle) {
    return angle * DEGREE;
  }

  /**
   * A camera that looks at a place on the ground from a direction.
   *
   * @param from direction in which the camera stands, seen from the place, radians
   */
  static Camera above(
      double atX, double atY, double from, double pitch, double height, double fieldOfView) {
    double distance = height / StrictMath.tan(pitch);
    return Camera.lookingAt(
        atX + distance * StrictMath.cos(from),
        atY + distance * StrictMath.sin(from),
        height,
        atX,
        atY,
        0,
        fieldOfView);
  }
}
