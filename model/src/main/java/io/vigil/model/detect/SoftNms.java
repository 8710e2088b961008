package io.vigil.model.detect;

import io.vigil.model.detect.Nms.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Gaussian soft non-maximum suppression: the best box is kept, and every box that overlaps it loses
 * score by exp(-iou^2 / sigma); "Soft-NMS", Bodla, Singh, Chellappa and Davis 2017.
 *
 * <p>Scores only fall, so picking the best of all classes until enough are picked gives the same as
 * doing each class by itself and taking the best of what is left.
 */
final class SoftNms {
  /** What has lost so much is dropped, as in google/automl and effdet. */
  static final double LOWEST = 0.001;

  private final double sigma;
  private final double pixel;
  private final boolean classAgnostic;
  private final IntToDoubleFunction threshold;

  /**
   * @param pixel see {@link Box#iou}
   * @param classAgnostic whether boxes of different classes meet
   * @param threshold lowest score of a class that is kept
   */
  SoftNms(double sigma, double pixel, boolean classAgnostic, IntToDoubleFunction threshold) {
    this.sigma = sigma;
    this.pixel = pixel;
    this.classAgnostic = classAgnostic;
    this.threshold = threshold;
  }

  /**
   * @param candidates by rank, which decides among equal scores
   * @return at most {@code most}, by falling score, with what is left of their scores
   */
  List<Scored> pick(List<Scored> candidates, int most) {
    double[] scores = candidates.stream().mapToDouble(Scored::score).toArray();
    List<Scored> picked = new ArrayList<>();
    while (picked.size() < most) {
      int best = best(scores);
      if (best < 0) {
        break;
      }
      var kept = candidates.get(best);
      picked.add(new Scored(kept.classIndex(), (float) scores[best], kept.box()));
      scores[best] = Double.NaN;
      decay(candidates, scores, kept);
    }
    return picked;
  }

  /** What was picked or dropped is NaN, and never the best. */
  private static int best(double[] scores) {
    int best = -1;
    for (int i = 0; i < scores.length; i++) {
      if (best < 0 ? !Double.isNaN(scores[i]) : scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }

  private void decay(List<Scored> candidates, double[] scores, Scored kept) {
    for (int i = 0; i < scores.length; i++) {
      var other = candidates.get(i);
      if (!Double.isNaN(scores[i]) && (classAgnostic || other.classIndex() == kept.classIndex())) {
        double iou = kept.box().iou(other.box(), pixel);
        if (iou > 0) {
          scores[i] *= StrictMath.exp(-iou * iou / sigma);
          if (scores[i] < Math.max(LOWEST, threshold.applyAsDouble(other.classIndex()))) {
            scores[i] = Double.NaN;
          }
        }
      }
    }
  }
}
