package io.vigil.model.detect;

import io.vigil.model.detect.Nms.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;

/**
 * Gaussian soft non-maximum suppression: the best box is kept, and every box that overlaps it loses
 * score by exp(-iou^2 / sigma); "Soft-NMS", Bodla, Singh, Chellappa and Davis 2017.
 *
 * <p>Scores only fall, so picking the best of all classes until enough are picked gives the same as
 * doing each class by itself and taking the best of what is left. And what a candidate has lost
 * need not be known before it is the best of those that wait: then it meets the picks that it has
 * not met. Most never come so far, and the boxes of those whose own score is too low are not even
 * decoded.
 */
final class SoftNms {
  /** What has lost so much is dropped, as in google/automl and effdet. */
  static final double LOWEST = 0.001;

  private static final Comparator<Rest> BEST_FIRST =
      Comparator.<Rest>comparingDouble(rest -> -rest.score).thenComparingInt(rest -> rest.rank);

  private final double sigma;
  private final double pixel;
  private final boolean classAgnostic;
  private final IntToDoubleFunction threshold;
  private final Map<Integer, List<Box>> picksByGroup = new HashMap<>();

  /** A candidate, what is left of its score, and how many picks of its group have lowered it. */
  private static final class Rest {
    private final Scored candidate;
    private final int rank;
    private final List<Box> picks;
    private double score;
    private int met;

    Rest(Scored candidate, int rank, List<Box> picks) {
      this.candidate = candidate;
      this.rank = rank;
      this.picks = picks;
      this.score = candidate.score();
    }

    boolean hasMetAll() {
      return met == picks.size();
    }
  }

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
   * @param candidates by falling score; their order decides among equal ones
   * @return at most {@code most}, by falling score, with what is left of their scores
   */
  List<Scored> pick(Iterator<Scored> candidates, int most) {
    PriorityQueue<Rest> waiting = new PriorityQueue<>(BEST_FIRST);
    List<Scored> picked = new ArrayList<>();
    Rest next = rest(candidates, 0);
    while (picked.size() < most && (next != null || !waiting.isEmpty())) {
      if (next != null && (waiting.isEmpty() || next.score > waiting.peek().score)) {
        waiting.add(next);
        next = rest(candidates, next.rank + 1);
        continue;
      }
      Rest best = waiting.poll();
      if (best.hasMetAll()) {
        best.picks.add(best.candidate.box());
        picked.add(
            new Scored(best.candidate.classIndex(), (float) best.score, best.candidate.box()));
      } else if (survives(best)) {
        waiting.add(best);
      }
    }
    return picked;
  }

  private Rest rest(Iterator<Scored> candidates, int rank) {
    if (!candidates.hasNext()) {
      return null;
    }
    var candidate = candidates.next();
    int group = classAgnostic ? 0 : candidate.classIndex();
    return new Rest(
        candidate, rank, picksByGroup.computeIfAbsent(group, first -> new ArrayList<>()));
  }

  /** Lets a candidate meet the picks that it has not met. */
  private boolean survives(Rest rest) {
    var lowest = Math.max(LOWEST, threshold.applyAsDouble(rest.candidate.classIndex()));
    for (; rest.met < rest.picks.size() && rest.score >= lowest; rest.met++) {
      double iou = rest.picks.get(rest.met).iou(rest.candidate.box(), pixel);
      if (iou > 0) {
        rest.score *= StrictMath.exp(-iou * iou / sigma);
      }
    }
    return rest.score >= lowest;
  }
}
