package io.vigil.model.evaluate;

import io.vigil.model.evaluate.CocoData.Annotation;
import java.util.Comparator;
import java.util.List;

/**
 * One category's detections and objects in one picture, and how they overlap.
 *
 * @param detections by falling score, not more than count
 * @param objects in the order of the data
 * @param ious [detection][object]
 */
record PictureBoxes(List<ScoredBox> detections, List<Annotation> objects, double[][] ious) {

  static PictureBoxes of(List<ScoredBox> found, List<Annotation> objects) {
    var best =
        found.stream()
            .sorted(Comparator.comparingDouble(ScoredBox::score).reversed())
            .limit(Thresholds.MOST_DETECTIONS)
            .toList();
    return new PictureBoxes(best, objects, ious(best, objects));
  }

  private static double[][] ious(List<ScoredBox> detections, List<Annotation> objects) {
    var ious = new double[detections.size()][objects.size()];
    for (int d = 0; d < ious.length; d++) {
      for (int o = 0; o < objects.size(); o++) {
        var object = objects.get(o);
        ious[d][o] = detections.get(d).box().iou(object.box(), object.crowd());
      }
    }
    return ious;
  }
}
