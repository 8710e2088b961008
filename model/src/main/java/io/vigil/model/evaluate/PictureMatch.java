package io.vigil.model.evaluate;

import io.vigil.model.evaluate.CocoData.Annotation;
import io.vigil.model.evaluate.Thresholds.Area;
import java.util.Comparator;
import java.util.List;

/**
 * Which detections of one category in one picture match which objects, at every IoU threshold: each
 * detection, best score first, takes the free object with the highest IoU, and one that does not
 * count only if there is no other.
 *
 * @param scores of the detections, falling
 * @param matched [threshold][detection]
 * @param ignored [threshold][detection]: counts neither for nor against
 * @param objects that are to be found
 */
record PictureMatch(double[] scores, boolean[][] matched, boolean[][] ignored, int objects) {

  /** What a match to an object of this id is taken for by COCO's tools: none. */
  private static final long NO_ID = 0;

  /** An IoU that counts as 1, for thresholds of 1. */
  private static final double NEARLY_ONE = 1 - 1e-10;

  /** An object, and whether finding it does not count. */
  private record Target(Annotation annotation, boolean ignored) {}

  /**
   * @param detections by falling score
   */
  static PictureMatch of(List<ScoredBox> detections, List<Annotation> annotations, Area area) {
    var targets =
        annotations.stream()
            .map(object -> new Target(object, object.crowd() || !area.holds(object.area())))
            .sorted(Comparator.comparing(Target::ignored))
            .toList();
    int thresholds = Thresholds.IOU.length;
    var matched = new boolean[thresholds][];
    var ignored = new boolean[thresholds][];
    var ious = ious(detections, targets);
    for (int i = 0; i < thresholds; i++) {
      matched[i] = new boolean[detections.size()];
      ignored[i] = new boolean[detections.size()];
      match(Thresholds.IOU[i], ious, detections, targets, area, matched[i], ignored[i]);
    }
    var scores = detections.stream().mapToDouble(ScoredBox::score).toArray();
    int objects = (int) targets.stream().filter(target -> !target.ignored).count();
    return new PictureMatch(scores, matched, ignored, objects);
  }

  private static double[][] ious(List<ScoredBox> detections, List<Target> targets) {
    var ious = new double[detections.size()][targets.size()];
    for (int d = 0; d < ious.length; d++) {
      for (int t = 0; t < targets.size(); t++) {
        var object = targets.get(t).annotation;
        ious[d][t] = detections.get(d).box().iou(object.box(), object.crowd());
      }
    }
    return ious;
  }

  private static void match(
      double threshold,
      double[][] ious,
      List<ScoredBox> detections,
      List<Target> targets,
      Area area,
      boolean[] matched,
      boolean[] ignored) {
    var taken = new boolean[targets.size()];
    for (int d = 0; d < matched.length; d++) {
      int best = best(Math.min(threshold, NEARLY_ONE), ious[d], targets, taken);
      if (best >= 0) {
        taken[best] = true;
        matched[d] = targets.get(best).annotation.id() != NO_ID;
        ignored[d] = targets.get(best).ignored;
      }
      ignored[d] |= !matched[d] && !area.holds(detections.get(d).box().area());
    }
  }

  /** -1 if there is none. Of equal ones it is the last. */
  private static int best(double threshold, double[] ious, List<Target> targets, boolean[] taken) {
    int best = -1;
    double least = threshold;
    for (int t = 0; t < ious.length; t++) {
      var target = targets.get(t);
      if (taken[t] && !target.annotation.crowd()) {
        continue;
      }
      if (best >= 0 && !targets.get(best).ignored && target.ignored) {
        break;
      }
      if (ious[t] >= least) {
        least = ious[t];
        best = t;
      }
    }
    return best;
  }
}
