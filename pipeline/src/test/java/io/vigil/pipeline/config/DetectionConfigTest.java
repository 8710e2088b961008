package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionConfigTest {

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").detection())
        .isEqualTo(new DetectionConfig(0.3, 0.5, 100, List.of()));
  }

  @Test
  void everyKey() {
    var yaml = "detection: {score: 0.05, iou: 0.6, max: 7, classes: [car, traffic light]}";
    assertThat(Yaml.withAdded(yaml).detection())
        .isEqualTo(new DetectionConfig(0.05, 0.6, 7, List.of("car", "traffic light")));
  }

  @Test
  void refuses() {
    assertThat(Yaml.problemsWithAdded("detection: {score: 2, iou: high, max: 0.5, clases: [car]}"))
        .containsExactly(
            "detection.score: 2: must be a number from 0 to 1"
                + " (the lowest score of a detection that is kept)",
            "detection.iou: high: must be a number from 0 to 1"
                + " (overlap above which the weaker of two boxes is dropped)",
            "detection.max: 0.5: must be a whole number from 1 to 5000"
                + " (most detections of a frame)",
            "detection.clases: no such key. Did you mean classes? Here are: score, iou, max,"
                + " classes.");
  }
}
