package io.vigil.model.evaluate;

import io.vigil.model.evaluate.CocoData.Annotation;
import io.vigil.model.evaluate.Thresholds.Area;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which detections of one category in one picture match which objects, at every IoU threshold: each
 * detection, best score first, takes the free object with the highest IoU, and one that does not
 * count only if there is no other.
 *
 * @param matched [threshold][detection]
 * @param ignored [threshold][detection]: counts neither for nor against
 * @param objects that are to be found
 */
record PictureMatch(boolean[][] matched, boolean[][] ignored, int objects) {

  /** What a match to an object of this id is taken for by COCO's tools: none. */
  private static final long NO_ID = 0;

  /** An IoU that counts as 1, for thresholds of 1. */
  private static final double NEARLY_ONE = 1 - 1e-10;

  /**
   * An object, and whether finding it does not count.
   *
   * @param place among the picture's objects
   */
  private record Target(int place, Annotation annotation, boolean ignored) {}

  static PictureMatch of(PictureBoxes boxes, Area area) {
    var targets =
        IntStream.range(0, boxes.objects().size())
            .mapToObj(place -> target(place, boxes.objects().get(place), area))
            .sorted(Comparator.comparing(Target::ignored))
            .toList();
    int thresholds = Thresholds.IOU.length;
    int detections = boxes.detections().size();
    var matched = new boolean[thresholds][detections];
    var ignored = new boolean[thresholds][detections];
    for (int i = 0; i < thresholds; i++) {
      match(Thresholds.IOU[i], boxes, targets, area, matched[i], ignored[i]);
    }
    int objects = (int) targets.stream().filter(target -> !target.ignored).count();
    return new PictureMatch(matched, ignored, objects);
  }

  private static Target target(int place, Annotation object, Area area) {
    return new Target(place, object, object.crowd() || !area.holds(object.area()));
  }

  private static void match(
      double threshold,
      PictureBoxes boxes,
      List<Target> targets,
      Area area,
      boolean[] matched,
      boolean[] ignored) {
    var taken = new boolean[targets.size()];
    for (int d = 0; d < matched.length; d++) {
      int best = best(Math.min(threshold, NEARLY_ONE), boxes.ious()[d], targets, taken);
      if (best >= 0) {
        taken[best] = true;
        matched[d] = targets.get(best).annotation.id() != NO_ID;
        ignored[d] = targets.get(best).ignored;
      }
      ignored[d] |= !matched[d] && !area.holds(boxes.detections().get(d).box().area());
    }
  }

  /** -1 if there is none. Of equal ones it is the last. */
  private static int best(double threshold, double[] ious, List<Target> targets, boolean[] taken) {
    int best = -1;
    double least = threshold;
    for (int t = 0; t < targets.size(); t++) {
      var target = targets.get(t);
      if (taken[t] && !target.annotation.crowd()) {
        continue;
      }
      if (best >= 0 && !targets.get(best).ignored && target.ignored) {
        break;
      }
      double iou = ious[target.place];
      if (iou >= least) {
        least = iou;
        best = t;
      }
    }
    return best;
  }
}
