package io.vigil.pipeline.report;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Places for the labels of boxes on a picture, in its pixels: each at its box and wholly in the
 * picture, and on no label that was placed before where there is such a place.
 */
final class LabelPlaces {
  /** Labels that one is moved over at most, so that it stays near its box. */
  private static final int FARTHEST = 4;

  /** A box that is so many times as high as a label is not hidden by it. */
  private static final int ROOMY = 3;

  private final Rectangle2D picture;
  private final double line;
  private final List<Rectangle2D> taken = new ArrayList<>();

  /**
   * @param line width of the boxes' lines, which labels begin beside
   */
  LabelPlaces(double width, double height, double line) {
    this.picture = new Rectangle2D.Double(0, 0, width, height);
    this.line = line;
  }

  Rectangle2D next(Rectangle2D box, double width, double height) {
    Rectangle2D best = null;
    double least = Double.MAX_VALUE;
    for (var place : (Iterable<Rectangle2D>) places(box, width, height)::iterator) {
      double covered = taken.stream().mapToDouble(other -> overlap(place, other)).sum();
      if (covered < least) {
        best = place;
        least = covered;
      }
    }
    taken.add(best);
    return best;
  }

  /**
   * The best first: above the box, inside a large one, below, beside it, and then farther up and
   * down.
   */
  private Stream<Rectangle2D> places(Rectangle2D box, double width, double height) {
    double left = box.getMinX() - line / 2;
    double right = box.getMaxX() + line / 2 - width;
    double above = box.getMinY() - line / 2 - height;
    double inside = box.getMinY() + line / 2;
    double below = box.getMaxY() + line / 2;
    var rows = DoubleStream.builder();
    boolean roomy = box.getHeight() > ROOMY * height;
    DoubleStream.of(
            above,
            roomy ? inside : below,
            roomy ? below : inside,
            box.getMaxY() - line / 2 - height)
        .forEach(rows);
    for (int row = 1; row <= FARTHEST; row++) {
      rows.add(above - row * height).add(below + row * height);
    }
    var inPicture =
        rows.build().filter(top -> top >= 0 && top + height <= picture.getHeight()).boxed();
    // the last resort, for a picture that is lower than a label
    double anyway = Math.max(0, Math.min(inside, picture.getHeight() - height));
    return Stream.concat(inPicture, Stream.of(anyway))
        .flatMap(
            top ->
                DoubleStream.of(left, right, left - width, right + width)
                    .mapToObj(x -> at(x, top, width, height)));
  }

  private Rectangle2D at(double x, double y, double width, double height) {
    double inside = Math.max(0, Math.min(x, picture.getWidth() - width));
    return new Rectangle2D.Double(inside, y, width, height);
  }

  private static double overlap(Rectangle2D a, Rectangle2D b) {
    var common = a.createIntersection(b);
    return common.isEmpty() ? 0 : common.getWidth() * common.getHeight();
  }
}
