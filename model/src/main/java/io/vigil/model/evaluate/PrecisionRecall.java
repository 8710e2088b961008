package io.vigil.model.evaluate;

import java.util.List;

/**
 * Precision over recall of one category at one threshold.
 *
 * @param precision at each recall threshold, the best at that recall or a higher one
 * @param recall of all detections
 */
record PrecisionRecall(double[] precision, double recall) {

  /** Added to a divisor, as COCO's tools do. */
  private static final double EPSILON = Math.ulp(1.0);

  /**
   * @param pictures as the order has them
   * @param threshold place in {@link Thresholds#IOU}
   * @param objects to be found, at least one
   */
  static PrecisionRecall of(
      List<PictureMatch> pictures, DetectionOrder order, int threshold, int objects) {
    var recalls = new double[order.count()];
    var precisions = new double[order.count()];
    int found = 0;
    int counted = 0;
    for (int i = 0; i < order.count(); i++) {
      var picture = pictures.get(order.pictures()[i]);
      int place = order.places()[i];
      if (!picture.ignored()[threshold][place]) {
        found += picture.matched()[threshold][place] ? 1 : 0;
        recalls[counted] = (double) found / objects;
        precisions[counted] = found / (counted + 1 + EPSILON);
        counted++;
      }
    }
    for (int i = counted - 1; i > 0; i--) {
      precisions[i - 1] = Math.max(precisions[i - 1], precisions[i]);
    }
    return new PrecisionRecall(
        sampled(recalls, precisions, counted), counted == 0 ? 0 : recalls[counted - 1]);
  }

  private static double[] sampled(double[] recalls, double[] precisions, int counted) {
    var samples = new double[Thresholds.RECALL.length];
    int at = 0;
    for (int i = 0; i < samples.length; i++) {
      while (at < counted && recalls[at] < Thresholds.RECALL[i]) {
        at++;
      }
      samples[i] = at < counted ? precisions[at] : 0;
    }
    return samples;
  }
}
