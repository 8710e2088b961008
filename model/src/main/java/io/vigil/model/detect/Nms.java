package io.vigil.model.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Hard non-maximum suppression, per class or over all: of boxes that overlap by more than the
 * threshold, the one offered first stays. Offer them by falling score; then stopping when enough
 * have been kept gives the same as suppressing all of them and taking the best.
 *
 * <p>An empty box overlaps nothing.
 */
final class Nms {
  private final double iouThreshold;
  private final double pixel;
  private final boolean classAgnostic;
  private final List<Scored> kept = new ArrayList<>();

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

  void offer(Scored candidate) {
    for (var better : kept) {
      if ((classAgnostic || better.classIndex == candidate.classIndex)
          && better.box.iou(candidate.box, pixel) > iouThreshold) {
        return;
      }
    }
    kept.add(candidate);
  }

  /** In the order offered. */
  List<Scored> kept() {
    return kept;
  }
}
