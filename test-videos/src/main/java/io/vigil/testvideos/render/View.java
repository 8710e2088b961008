package io.vigil.testvideos.render;

/** A camera's projection onto a canvas; coordinates on it are in samples, y down. */
public final class View {

  final double x;
  final double y;
  final double z;
  final double rightX;
  final double rightY;
  final double upX;
  final double upY;
  final double upZ;
  final double forwardX;
  final double forwardY;
  final double forwardZ;
  final double focal;
  final double centreX;
  final double centreY;

  /**
   * @param width of the picture, samples; sets the scale
   * @param centreX where the optical axis meets the canvas, samples
   */
  public View(Camera camera, double width, double centreX, double centreY) {
    x = camera.x();
    y = camera.y();
    z = camera.z();
    double cosYaw = StrictMath.cos(camera.yaw());
    double sinYaw = StrictMath.sin(camera.yaw());
    double cosPitch = StrictMath.cos(camera.pitch());
    double sinPitch = StrictMath.sin(camera.pitch());
    rightX = sinYaw;
    rightY = -cosYaw;
    upX = cosYaw * sinPitch;
    upY = sinYaw * sinPitch;
    upZ = cosPitch;
    forwardX = cosYaw * cosPitch;
    forwardY = sinYaw * cosPitch;
    forwardZ = -sinPitch;
    focal = camera.focal() * width;
    this.centreX = centreX;
    this.centreY = centreY;
  }

  double right(double px, double py) {
    return (px - x) * rightX + (py - y) * rightY;
  }

  double up(double px, double py, double pz) {
    return (px - x) * upX + (py - y) * upY + (pz - z) * upZ;
  }

  /** Distance along the optical axis, metres. */
  public double depth(double px, double py, double pz) {
    return (px - x) * forwardX + (py - y) * forwardY + (pz - z) * forwardZ;
  }

  /** Column of a point before the camera. */
  public double column(double px, double py, double pz) {
    return centreX + focal * right(px, py) / depth(px, py, pz);
  }

  /** Row of a point before the camera. */
  public double row(double px, double py, double pz) {
    return centreY - focal * up(px, py, pz) / depth(px, py, pz);
  }

  /** Whether something within so many metres of a place on the ground may be seen on a canvas. */
  public boolean near(double px, double py, double metres, Canvas canvas) {
    double distance = depth(px, py, 0);
    if (distance < metres) {
      return distance > -metres;
    }
    double reach = focal * metres / (distance - metres + 1);
    double column = column(px, py, 0);
    double row = row(px, py, 0);
    return column > -reach
        && column < canvas.width + reach
        && row > -reach
        && row < canvas.height + reach;
  }

  /** Where the ground lies that is seen in a row: depth of it per unit of the ray, or infinity. */
  double groundReach(double row) {
    double rayZ = forwardZ - upZ * (row - centreY) / focal;
    return rayZ < 0 ? -z / rayZ : Double.POSITIVE_INFINITY;
  }

  double groundX(double column, double row, double reach) {
    double ray = forwardX + rightX * (column - centreX) / focal - upX * (row - centreY) / focal;
    return x + reach * ray;
  }

  double groundY(double column, double row, double reach) {
    double ray = forwardY + rightY * (column - centreX) / focal - upY * (row - centreY) / focal;
    return y + reach * ray;
  }
}
