package io.vigil.testvideos.scene;

/** A rectangle in pixels of a picture; edges lie between pixels, in halves. */
public record Box(double x, double y, double width, double height) {

  public double right() {
    return x + width;
  }

  public double bottom() {
    return y + height;
  }

  public double area() {
    return width * height;
  }
}
