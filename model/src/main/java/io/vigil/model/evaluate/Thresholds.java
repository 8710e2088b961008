package io.vigil.model.evaluate;

/** The figures at which COCO evaluates, to the bit as NumPy's linspace makes them. */
final class Thresholds {

  /** 0.50, 0.55, …, 0.95. */
  static final double[] IOU = linspace(0.5, 0.95, 10);

  /** 0.00, 0.01, …, 1.00. */
  static final double[] RECALL = linspace(0, 1, 101);

  static final int AT_50 = 0;
  static final int AT_75 = 5;

  /** Detections a picture and category. */
  static final int[] DETECTIONS = {1, 10, 100};

  static final int MOST_DETECTIONS = 100;

  private Thresholds() {}

  private static double[] linspace(double first, double last, int count) {
    var values = new double[count];
    double step = (last - first) / (count - 1);
    for (int i = 0; i < count; i++) {
      values[i] = i * step + first;
    }
    values[count - 1] = last;
    return values;
  }

  /** Ranges of areas in pixels, both ends included. */
  enum Area {
    ALL(0, 1e10),
    SMALL(0, 32 * 32),
    MEDIUM(32 * 32, 96 * 96),
    LARGE(96 * 96, 1e10);

    private final double least;
    private final double most;

    Area(double least, double most) {
      this.least = least;
      this.most = most;
    }

    boolean holds(double area) {
      return area >= least && area <= most;
    }
  }
}
