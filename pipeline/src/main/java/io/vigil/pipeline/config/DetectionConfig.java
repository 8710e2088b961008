package io.vigil.pipeline.config;

import java.util.List;

/**
 * What counts as a detection; everything here changes events.
 *
 * @param score lowest score that is kept
 * @param iou overlap above which the weaker of two boxes of one class is dropped
 * @param max most detections of a frame
 * @param classes names of the classes that are kept; empty keeps all
 */
public record DetectionConfig(double score, double iou, int max, List<String> classes) {

  public DetectionConfig {
    classes = List.copyOf(classes);
  }

  static DetectionConfig read(Section section) {
    var config =
        new DetectionConfig(
            section
                .number("score", 0, 1, "the lowest score of a detection that is kept")
                .orElse(0.3),
            section
                .number("iou", 0, 1, "overlap above which the weaker of two boxes is dropped")
                .orElse(0.5),
            section.integer("max", 100, 1, 5000, "most detections of a frame"),
            section.texts("classes", "names of the classes that are kept"));
    section.refuseUnknown();
    return config;
  }
}
