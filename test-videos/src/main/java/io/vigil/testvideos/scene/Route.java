package io.vigil.testvideos.scene;

import java.util.ArrayList;
import java.util.List;

/** A way over the ground, in metres; places on it are given by their distance from its start. */
public final class Route {

  private final double[] x;
  private final double[] y;
  private final double[] distance;

  private Route(List<double[]> points) {
    x = points.stream().mapToDouble(point -> point[0]).toArray();
    y = points.stream().mapToDouble(point -> point[1]).toArray();
    distance = new double[x.length];
    for (int i = 1; i < x.length; i++) {
      double dx = x[i] - x[i - 1];
      double dy = y[i] - y[i - 1];
      distance[i] = distance[i - 1] + Math.sqrt(dx * dx + dy * dy);
    }
  }

  public static Route straight(double fromX, double fromY, double toX, double toY) {
    return new Route(List.of(new double[] {fromX, fromY}, new double[] {toX, toY}));
  }

  /** Through corners that are rounded; coordinates as x, y. */
  public static Route rounded(double radius, double... corners) {
    var points = new ArrayList<double[]>();
    int count = corners.length / 2;
    points.add(new double[] {corners[0], corners[1]});
    for (int i = 1; i + 1 < count; i++) {
      double[] corner = {corners[2 * i], corners[2 * i + 1]};
      double[] before = towards(corner, corners[2 * i - 2], corners[2 * i - 1], radius);
      double[] after = towards(corner, corners[2 * i + 2], corners[2 * i + 3], radius);
      for (int step = 0; step <= 10; step++) {
        points.add(bend(before, corner, after, step / 10.0));
      }
    }
    points.add(new double[] {corners[2 * count - 2], corners[2 * count - 1]});
    return new Route(points);
  }

  /** Through points that are close together. */
  static Route through(List<double[]> points) {
    return new Route(points);
  }

  private static double[] towards(double[] from, double toX, double toY, double radius) {
    double dx = toX - from[0];
    double dy = toY - from[1];
    double length = Math.sqrt(dx * dx + dy * dy);
    double share = Math.min(radius, 0.49 * length) / length;
    return new double[] {from[0] + share * dx, from[1] + share * dy};
  }

  private static double[] bend(double[] a, double[] control, double[] b, double t) {
    double s = 1 - t;
    return new double[] {
      s * s * a[0] + 2 * s * t * control[0] + t * t * b[0],
      s * s * a[1] + 2 * s * t * control[1] + t * t * b[1]
    };
  }

  public double length() {
    return distance[distance.length - 1];
  }

  int corners() {
    return x.length;
  }

  double cornerX(int i) {
    return x[i];
  }

  double cornerY(int i) {
    return y[i];
  }

  double cornerDistance(int i) {
    return distance[i];
  }

  /** Goes on straight before the start and after the end. */
  public double xAt(double along) {
    return at(along, x);
  }

  public double yAt(double along) {
    return at(along, y);
  }

  private double at(double along, double[] values) {
    int i = 0;
    while (i + 2 < distance.length && distance[i + 1] <= along) {
      i++;
    }
    double share = (along - distance[i]) / (distance[i + 1] - distance[i]);
    return values[i] + share * (values[i + 1] - values[i]);
  }

  /** The direction of something long whose middle is there, radians. */
  public double headingAt(double along, double half) {
    double from = along - half;
    double to = along + half;
    return StrictMath.atan2(yAt(to) - yAt(from), xAt(to) - xAt(from));
  }
}
