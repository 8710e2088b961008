package io.vigil.model.detect;

import io.vigil.model.detect.Nms.Scored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    List<Group> groups = groups(candidates);
    List<Scored> picked = new ArrayList<>();
    while (picked.size() < most) {
      Group best = null;
      for (Group group : groups) {
        if (group.isAheadOf(best)) {
          best = group;
        }
      }
      if (best == null) {
        break;
      }
      picked.add(best.pick());
    }
    return picked;
  }

  private List<Group> groups(List<Scored> candidates) {
    Map<Integer, Group> groups = new HashMap<>();
    for (int rank = 0; rank < candidates.size(); rank++) {
      var candidate = candidates.get(rank);
      int key = classAgnostic ? 0 : candidate.classIndex();
      groups.computeIfAbsent(key, first -> new Group()).add(new Rest(candidate, rank));
    }
    return List.copyOf(groups.values());
  }

  /** A candidate and what is left of its score. */
  private static final class Rest {
    private final Scored candidate;
    private final int rank;
    private double score;

    Rest(Scored candidate, int rank) {
      this.candidate = candidate;
      this.rank = rank;
      this.score = candidate.score();
    }

    boolean isAheadOf(Rest other) {
      return other == null || score > other.score || score == other.score && rank < other.rank;
    }
  }

  /** Candidates that meet each other. */
  private final class Group {
    private List<Rest> left = new ArrayList<>();
    private Rest best;

    void add(Rest rest) {
      left.add(rest);
      best = rest.isAheadOf(best) ? rest : best;
    }

    boolean isAheadOf(Group other) {
      return best != null && (other == null || best.isAheadOf(other.best));
    }

    /** Takes the best; the others lose score to it, and those that have too little are dropped. */
    Scored pick() {
      Rest kept = best;
      List<Rest> others = left;
      left = new ArrayList<>(others.size());
      best = null;
      for (Rest other : others) {
        if (other != kept && survives(kept, other)) {
          add(other);
        }
      }
      return new Scored(kept.candidate.classIndex(), (float) kept.score, kept.candidate.box());
    }
  }

  private boolean survives(Rest kept, Rest other) {
    double iou = kept.candidate.box().iou(other.candidate.box(), pixel);
    if (iou == 0) {
      return true;
    }
    other.score *= StrictMath.exp(-iou * iou / sigma);
    return other.score >= Math.max(LOWEST, threshold.applyAsDouble(other.candidate.classIndex()));
  }
}
