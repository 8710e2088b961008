package io.vigil.testvideos.render;

/** A convex polygon on its way from the world to the canvas; used again for each one. */
final class Polygon {

  static final double NEAR = 0.25;
  private static final int MOST_CORNERS = 40;
  private static final double EDGE_ON = 1e-7;

  int count;
  final double[] x = new double[MOST_CORNERS];
  final double[] y = new double[MOST_CORNERS];
  final double[] z = new double[MOST_CORNERS];

  /** On the canvas, in samples, once projected. */
  int projected;

  final double[] u = new double[MOST_CORNERS];
  final double[] v = new double[MOST_CORNERS];

  private final double[] right = new double[MOST_CORNERS];
  private final double[] up = new double[MOST_CORNERS];
  private final double[] depth = new double[MOST_CORNERS];

  double normalX;
  double normalY;
  double normalZ;

  /** By Newell's method; a unit vector that points to the camera. */
  void normal(View view) {
    normalX = 0;
    normalY = 0;
    normalZ = 0;
    for (int i = 0, j = count - 1; i < count; j = i++) {
      normalX += (y[j] - y[i]) * (z[j] + z[i]);
      normalY += (z[j] - z[i]) * (x[j] + x[i]);
      normalZ += (x[j] - x[i]) * (y[j] + y[i]);
    }
    double length = Math.sqrt(normalX * normalX + normalY * normalY + normalZ * normalZ) + 1e-12;
    double towards =
        normalX * (view.x - x[0]) + normalY * (view.y - y[0]) + normalZ * (view.z - z[0]);
    double factor = towards < 0 ? -1 / length : 1 / length;
    normalX *= factor;
    normalY *= factor;
    normalZ *= factor;
  }

  /** Cuts off what is behind the camera; whether anything is left. */
  boolean project(View view) {
    projected = 0;
    for (int i = 0; i < count; i++) {
      right[i] = view.right(x[i], y[i]);
      up[i] = view.up(x[i], y[i], z[i]);
      depth[i] = view.depth(x[i], y[i], z[i]);
    }
    for (int i = 0, j = count - 1; i < count; j = i++) {
      if (depth[i] < NEAR != depth[j] < NEAR) {
        double share = (NEAR - depth[j]) / (depth[i] - depth[j]);
        add(view, right[j] + share * (right[i] - right[j]), up[j] + share * (up[i] - up[j]), NEAR);
      }
      if (depth[i] >= NEAR) {
        add(view, right[i], up[i], depth[i]);
      }
    }
    return projected >= 3;
  }

  private void add(View view, double toRight, double upwards, double distance) {
    u[projected] = view.centreX + view.focal * toRight / distance;
    v[projected] = view.centreY - view.focal * upwards / distance;
    projected++;
  }

  /** Gives the raster the plane's nearness; whether the plane is seen at all. */
  boolean plane(View view, Raster raster, double closer) {
    double away = normalX * (x[0] - view.x) + normalY * (y[0] - view.y) + normalZ * (z[0] - view.z);
    if (Math.abs(away) < EDGE_ON) {
      return false;
    }
    double alongRight = normalX * view.rightX + normalY * view.rightY;
    double alongUp = normalX * view.upX + normalY * view.upY + normalZ * view.upZ;
    double ahead = normalX * view.forwardX + normalY * view.forwardY + normalZ * view.forwardZ;
    double factor = closer / (away * view.focal);
    double perColumn = alongRight * factor;
    double perRow = -alongUp * factor;
    raster.plane(
        perColumn,
        perRow,
        ahead * closer / away - perColumn * view.centreX - perRow * view.centreY);
    return true;
  }

  /** Moves the corners along the sun's rays down to the ground. */
  void drop(double[] toSun) {
    for (int i = 0; i < count; i++) {
      double along = z[i] / toSun[2];
      x[i] -= along * toSun[0];
      y[i] -= along * toSun[1];
      z[i] = 0;
    }
  }
}
