package io.vigil.model.detect;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Hard non-maximum suppression, per class or over all: of boxes that overlap by more than the
 * threshold, the one that comes first stays. They come by falling score; so stopping when enough
 * have been kept gives the same as suppressing all of them and taking the best.
 *
 * <p>An empty box overlaps nothing.
 */
final class Nms {
  private final double iouThreshold;
  private final double pixel;
  private final boolean classAgnostic;

  /** A box in model pixels with what the network says of it. */
  record Scored(int classIndex, float score, Box box) {}

  /**
   * @param pixel see {@link Box#iou}
   * @param classAgnostic whether boxes of different classes meet
   */
  Nms(double iouThreshold, double pixel, boolean classAgnostic) {
    this.iouThreshold = iouThreshold;
    this.pixel = pixel;
    this.classAgnostic = classAgnostic;
  }

  /**
   * @param candidates by falling score
   * @return at most {@code most}, in the same order
   */
  List<Scored> pick(Iterator<Scored> candidates, int most) {
    List<Scored> kept = new ArrayList<>();
    while (kept.size() < most && candidates.hasNext()) {
      var candidate = candidates.next();
      if (!isSuppressed(candidate, kept)) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  private boolean isSuppressed(Scored candidate, List<Scored> kept) {
    for (var better : kept) {
      if ((classAgnostic || better.classIndex == candidate.classIndex)
          && better.box.iou(candidate.box, pixel) > iouThreshold) {
        return true;
      }
    }
    return false;
  }
}
