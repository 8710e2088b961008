package io.vigil.model.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
   * @param pictures in the order of their ids
   * @param threshold place in {@link Thresholds#IOU}
   * @param most detections of each picture
   * @param objects to be found, at least one
   */
  static PrecisionRecall of(List<PictureMatch> pictures, int threshold, int most, int objects) {
    var scores =
        pictures.stream()
            .flatMapToDouble(picture -> Arrays.stream(picture.scores()).limit(most))
            .toArray();
    var matched = flags(pictures.stream().map(PictureMatch::matched).toList(), threshold, most);
    var ignored = flags(pictures.stream().map(PictureMatch::ignored).toList(), threshold, most);
    // Stable: of equal scores those of the first picture come first.
    var order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[b], scores[a]))
            .filter(i -> !ignored.get(i))
            .mapToInt(Integer::intValue)
            .toArray();
    return curve(order, matched, objects);
  }

  private static List<Boolean> flags(List<boolean[][]> pictures, int threshold, int most) {
    return pictures.stream()
        .flatMap(
            flags ->
                IntStream.range(0, Math.min(most, flags[threshold].length))
                    .mapToObj(i -> flags[threshold][i]))
        .toList();
  }

  private static PrecisionRecall curve(int[] order, List<Boolean> matched, int objects) {
    var recalls = new double[order.length];
    var precisions = new double[order.length];
    int found = 0;
    for (int i = 0; i < order.length; i++) {
      found += matched.get(order[i]) ? 1 : 0;
      recalls[i] = (double) found / objects;
      precisions[i] = found / (i + 1 + EPSILON);
    }
    for (int i = order.length - 1; i > 0; i--) {
      precisions[i - 1] = Math.max(precisions[i - 1], precisions[i]);
    }
    return new PrecisionRecall(
        sampled(recalls, precisions), order.length == 0 ? 0 : recalls[order.length - 1]);
  }

  private static double[] sampled(double[] recalls, double[] precisions) {
    var samples = new double[Thresholds.RECALL.length];
    int at = 0;
    for (int i = 0; i < samples.length; i++) {
      while (at < recalls.length && recalls[at] < Thresholds.RECALL[i]) {
        at++;
      }
      samples[i] = at < precisions.length ? precisions[at] : 0;
    }
    return samples;
  }
}
