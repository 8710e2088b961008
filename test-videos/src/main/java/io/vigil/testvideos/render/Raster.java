package io.vigil.testvideos.render;

/** Fills convex polygons and round limbs on a canvas, nearest first by a depth buffer. */
final class Raster {

  /** What filling does to a sample. */
  enum Mode {
    /** Covers what is farther, and is counted into the silhouette. */
    SOLID,
    /** Covers whatever was there. */
    FLOOR,
    /** Holds the sun off the ground. */
    SHADOW,
    /** Lightens the ground. */
    LIGHT
  }

  private final Canvas canvas;
  private short owner;
  private int silhouette;
  private Mode mode = Mode.SOLID;
  private int colour;

  // nearness at column u and row v: perColumn u + perRow v + constant
  private double perColumn;
  private double perRow;
  private double constant;

  Raster(Canvas canvas) {
    this.canvas = canvas;
  }

  void begin(short newOwner) {
    owner = newOwner;
    silhouette = 0;
  }

  /** Samples that the owner covered since {@link #begin}, hidden ones included. */
  int silhouette() {
    return silhouette;
  }

  /** A plane whose nearness is affine in column and row. */
  void plane(double newPerColumn, double newPerRow, double newConstant) {
    perColumn = newPerColumn;
    perRow = newPerRow;
    constant = newConstant;
  }

  /** Fills a convex polygon, in samples. */
  void polygon(Mode newMode, int newColour, int count, double[] u, double[] v) {
    mode = newMode;
    colour = newColour;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      top = Math.min(top, v[i]);
      bottom = Math.max(bottom, v[i]);
    }
    int first = (int) Math.max(0, Math.ceil(top - 0.5));
    int last = (int) Math.min(canvas.height - 1, Math.ceil(bottom - 0.5) - 1);
    for (int row = first; row <= last; row++) {
      row(row, count, u, v);
    }
  }

  private void row(int row, int count, double[] u, double[] v) {
    double y = row + 0.5;
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    for (int i = 0, j = count - 1; i < count; j = i++) {
      if (v[i] <= y != v[j] <= y) {
        double x = u[i] + (y - v[i]) * (u[j] - u[i]) / (v[j] - v[i]);
        left = Math.min(left, x);
        right = Math.max(right, x);
      }
    }
    int from = (int) Math.max(0, Math.ceil(left - 0.5));
    int to = (int) Math.min(canvas.width, Math.ceil(right - 0.5));
    if (from < to) {
      span(row * canvas.width, from, to, perRow * y + constant);
    }
  }

  private void span(int base, int from, int to, double start) {
    switch (mode) {
      case SOLID -> solid(base, from, to, start);
      case FLOOR -> floor(base, from, to, start);
      case SHADOW -> shadow(base + from, base + to);
      case LIGHT -> light(base + from, base + to);
    }
  }

  private void solid(int base, int from, int to, double start) {
    var nearness = canvas.nearness;
    var stamp = canvas.stamp;
    float near = (float) (perColumn * (from + 0.5) + start);
    float step = (float) perColumn;
    for (int i = base + from; i < base + to; i++) {
      if (stamp[i] != owner) {
        stamp[i] = owner;
        silhouette++;
      }
      if (near >= nearness[i]) {
        nearness[i] = near;
        canvas.colour[i] = colour;
        canvas.owner[i] = owner;
      }
      near += step;
    }
  }

  private void floor(int base, int from, int to, double start) {
    for (int column = from; column < to; column++) {
      int i = base + column;
      canvas.nearness[i] = (float) (perColumn * (column + 0.5) + start);
      canvas.colour[i] = colour;
      canvas.owner[i] = owner;
    }
  }

  private void shadow(int from, int to) {
    for (int i = from; i < to; i++) {
      canvas.cast[i] |= Canvas.SHADOW;
    }
  }

  private void light(int from, int to) {
    for (int i = from; i < to; i++) {
      int cast = canvas.cast[i];
      if ((cast & Canvas.LIGHT) < colour) {
        canvas.cast[i] = (byte) (cast & Canvas.SHADOW | colour);
      }
    }
  }

  /** A projected end of a limb: place and radius in samples. */
  record End(double u, double v, double radius, double nearness) {}

  /** Fills what a ball sweeps that goes from one end to the other. */
  void limb(Mode newMode, Shading shading, End a, End b, double bulge) {
    double widest = Math.max(a.radius, b.radius);
    int left = (int) Math.max(0, Math.floor(Math.min(a.u, b.u) - widest));
    int right = (int) Math.min(canvas.width - 1, Math.ceil(Math.max(a.u, b.u) + widest));
    int top = (int) Math.max(0, Math.floor(Math.min(a.v, b.v) - widest));
    int bottom = (int) Math.min(canvas.height - 1, Math.ceil(Math.max(a.v, b.v) + widest));
    double du = b.u - a.u;
    double dv = b.v - a.v;
    double length = Math.max(1e-9, du * du + dv * dv);
    for (int row = top; row <= bottom; row++) {
      double y = row + 0.5 - a.v;
      for (int column = left; column <= right; column++) {
        double x = column + 0.5 - a.u;
        double along = Math.max(0, Math.min(1, (x * du + y * dv) / length));
        double offX = x - along * du;
        double offY = y - along * dv;
        double radius = a.radius + along * (b.radius - a.radius);
        double off = (offX * offX + offY * offY) / (radius * radius);
        if (off <= 1) {
          int i = row * canvas.width + column;
          if (newMode == Mode.SHADOW) {
            canvas.cast[i] |= Canvas.SHADOW;
          } else {
            double towards = Math.sqrt(1 - off);
            double near = a.nearness + along * (b.nearness - a.nearness);
            near *= 1 + bulge * towards * near;
            sample(i, (float) near, shading, offX / radius, -offY / radius, towards);
          }
        }
      }
    }
  }

  private void sample(int i, float near, Shading shading, double right, double up, double towards) {
    if (canvas.stamp[i] != owner) {
      canvas.stamp[i] = owner;
      silhouette++;
    }
    if (near >= canvas.nearness[i]) {
      canvas.nearness[i] = near;
      canvas.colour[i] = shading.at(right, up, towards);
      canvas.owner[i] = owner;
    }
  }
}
