package io.vigil.pipeline.soak;

import java.util.List;

/**
 * A straight line through points, by least squares.
 *
 * @param slope of y by x
 * @param error the slope's standard error
 */
record Trend(double slope, double error) {

  /** A point. */
  record Point(double x, double y) {}

  /**
   * @throws IllegalArgumentException if there are less than three points, or all have one x
   */
  static Trend of(List<Point> points) {
    int n = points.size();
    double meanX = points.stream().mapToDouble(Point::x).average().orElse(0);
    double meanY = points.stream().mapToDouble(Point::y).average().orElse(0);
    double xx = points.stream().mapToDouble(p -> (p.x - meanX) * (p.x - meanX)).sum();
    double xy = points.stream().mapToDouble(p -> (p.x - meanX) * (p.y - meanY)).sum();
    if (n < 3 || xx == 0) {
      throw new IllegalArgumentException("a trend needs three points at different places");
    }
    double slope = xy / xx;
    double squares =
        points.stream()
            .mapToDouble(p -> p.y - meanY - slope * (p.x - meanX))
            .map(rest -> rest * rest)
            .sum();
    return new Trend(slope, Math.sqrt(squares / (n - 2) / xx));
  }

  /** Whether it is certain (to two standard errors) that it rises by more than that. */
  boolean risesBy(double limit) {
    return slope - 2 * error > limit;
  }
}
