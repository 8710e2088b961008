package io.vigil.model.detect;

/** A rectangle with y downwards; in model or source pixels, as its holder says. */
public record Box(double x1, double y1, double x2, double y2) {

  boolean isFinite() {
    return Double.isFinite(x1) && Double.isFinite(y1) && Double.isFinite(x2) && Double.isFinite(y2);
  }

  Box clippedTo(double width, double height) {
    return new Box(clip(x1, width), clip(y1, height), clip(x2, width), clip(y2, height));
  }

  /**
   * Area of the intersection over area of the union; 0 where both are empty.
   *
   * @param pixel 1 counts the pixels that both edges lie on, as google/automl's NMS does; 0 is the
   *     geometric area
   */
  double iou(Box other, double pixel) {
    double width = Math.min(x2, other.x2) - Math.max(x1, other.x1) + pixel;
    double height = Math.min(y2, other.y2) - Math.max(y1, other.y1) + pixel;
    if (!(width > 0 && height > 0)) {
      return 0;
    }
    double intersection = width * height;
    return intersection / (area(pixel) + other.area(pixel) - intersection);
  }

  private double area(double pixel) {
    return (x2 - x1 + pixel) * (y2 - y1 + pixel);
  }

  private static double clip(double value, double size) {
    return Math.max(0, Math.min(size, value));
  }
}
