package io.vigil.model.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * COCO's twelve figures and their parts, in [0, 1]; -1 where there was nothing to find.
 *
 * @param ap mean over IoU 0.50 to 0.95 and all categories
 * @param apSmall of objects below 32 x 32 pixels; medium below 96 x 96
 * @param ar1 mean recall with one detection a picture
 * @param apByIou at IoU 0.50, 0.55, …, 0.95
 * @param apByCategory by category id
 * @param recallByCategory with a hundred detections a picture, by category id
 */
public record CocoMetrics(
    double ap,
    double ap50,
    double ap75,
    double apSmall,
    double apMedium,
    double apLarge,
    double ar1,
    double ar10,
    double ar100,
    double arSmall,
    double arMedium,
    double arLarge,
    List<Double> apByIou,
    SortedMap<Long, Double> apByCategory,
    SortedMap<Long, Double> recallByCategory) {

  /** The twelve lines that COCO's own tools print. */
  public String text() {
    return String.join(
        System.lineSeparator(),
        line("Average Precision  (AP)", "0.50:0.95", "all", 100, ap),
        line("Average Precision  (AP)", "0.50     ", "all", 100, ap50),
        line("Average Precision  (AP)", "0.75     ", "all", 100, ap75),
        line("Average Precision  (AP)", "0.50:0.95", "small", 100, apSmall),
        line("Average Precision  (AP)", "0.50:0.95", "medium", 100, apMedium),
        line("Average Precision  (AP)", "0.50:0.95", "large", 100, apLarge),
        line("Average Recall     (AR)", "0.50:0.95", "all", 1, ar1),
        line("Average Recall     (AR)", "0.50:0.95", "all", 10, ar10),
        line("Average Recall     (AR)", "0.50:0.95", "all", 100, ar100),
        line("Average Recall     (AR)", "0.50:0.95", "small", 100, arSmall),
        line("Average Recall     (AR)", "0.50:0.95", "medium", 100, arMedium),
        line("Average Recall     (AR)", "0.50:0.95", "large", 100, arLarge));
  }

  private static String line(String what, String iou, String area, int most, double value) {
    return String.format(
        Locale.ROOT,
        " %s @[ IoU=%s | area=%6s | maxDets=%3d ] = %.3f",
        what,
        iou,
        area,
        most,
        value);
  }
}
