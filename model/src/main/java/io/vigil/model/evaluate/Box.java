package io.vigil.model.evaluate;

/** A box in source pixels, as COCO writes it: left, top, width, height. */
public record Box(double x, double y, double width, double height) {

  double area() {
    return width * height;
  }

  /**
   * Intersection over union; over this box alone where the other is a crowd, which may hold more
   * than one object.
   */
  double iou(Box other, boolean crowd) {
    double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double intersection = w * h;
    return intersection / (crowd ? area() : area() + other.area() - intersection);
  }
}
