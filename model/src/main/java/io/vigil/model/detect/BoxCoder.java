package io.vigil.model.detect;

/**
 * Between a box and the four numbers (ty, tx, th, tw) that the network gives for an anchor: offsets
 * of the centre in anchor sides, and logarithms of the sides over the anchor's. No variance
 * scaling.
 */
public final class BoxCoder {
  /** Sides are not allowed below it when encoding, as in google/automl. */
  private static final double SMALLEST_SIDE = 1e-8;

  private BoxCoder() {}

  /** The box in model pixels, not clipped; {@code StrictMath}, so the same on every machine. */
  public static Box decode(Anchors.Anchor anchor, float ty, float tx, float th, float tw) {
    double centreY = ty * anchor.height() + anchor.centreY();
    double centreX = tx * anchor.width() + anchor.centreX();
    double halfHeight = anchor.height() * StrictMath.exp(th) / 2;
    double halfWidth = anchor.width() * StrictMath.exp(tw) / 2;
    return new Box(
        centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight);
  }

  /**
   * The inverse of decoding.
   *
   * @param box in model pixels
   * @return ty, tx, th, tw
   */
  public static double[] encode(Anchors.Anchor anchor, Box box) {
    double height = Math.max(SMALLEST_SIDE, box.y2() - box.y1());
    double width = Math.max(SMALLEST_SIDE, box.x2() - box.x1());
    return new double[] {
      ((box.y1() + box.y2()) / 2 - anchor.centreY()) / anchor.height(),
      ((box.x1() + box.x2()) / 2 - anchor.centreX()) / anchor.width(),
      StrictMath.log(height / anchor.height()),
      StrictMath.log(width / anchor.width())
    };
  }
}
