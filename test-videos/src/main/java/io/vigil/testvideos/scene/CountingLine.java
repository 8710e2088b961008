package io.vigil.testvideos.scene;

/**
 * A line that is counted at, in pixels of the frame if the camera did not shake.
 *
 * @param name such as {@code road}, of its own in a scene
 */
public record CountingLine(String name, double fromX, double fromY, double toX, double toY) {

  /**
   * On which side of the line a point lies: positive to the right of someone who goes from its
   * start to its end, on the screen, where y is down.
   */
  public double side(double x, double y) {
    return (toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX);
  }

  double length() {
    double dx = toX - fromX;
    double dy = toY - fromY;
    return Math.sqrt(dx * dx + dy * dy);
  }
}
