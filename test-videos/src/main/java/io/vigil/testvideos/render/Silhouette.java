package io.vigil.testvideos.render;

/**
 * What an object's drawing came to, on the canvas.
 *
 * @param samples that it covers, hidden or not
 * @param left edge of all of it, also of what is outside the canvas
 */
public record Silhouette(int samples, double left, double top, double right, double bottom) {

  /** How much of its bounds lies on a canvas of this size, 0 to 1. */
  public double inside(double width, double height) {
    double whole = Math.max(0, right - left) * Math.max(0, bottom - top);
    double insideWidth = Math.min(width, right) - Math.max(0, left);
    double insideHeight = Math.min(height, bottom) - Math.max(0, top);
    return whole <= 0 ? 0 : Math.max(0, insideWidth) * Math.max(0, insideHeight) / whole;
  }
}
