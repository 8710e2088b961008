package io.vigil.testvideos.render;

/** The bounds of all that an object drew, also outside the picture, in samples. */
final class Extent {

  double left = Double.POSITIVE_INFINITY;
  double top = Double.POSITIVE_INFINITY;
  double right = Double.NEGATIVE_INFINITY;
  double bottom = Double.NEGATIVE_INFINITY;

  void include(Polygon polygon) {
    for (int i = 0; i < polygon.projected; i++) {
      include(polygon.u[i], polygon.v[i], 0);
    }
  }

  void include(Raster.End end) {
    include(end.u(), end.v(), end.radius());
  }

  private void include(double u, double v, double radius) {
    left = Math.min(left, u - radius);
    top = Math.min(top, v - radius);
    right = Math.max(right, u + radius);
    bottom = Math.max(bottom, v + radius);
  }
}
