package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.detect.Convention;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectionConfigTest {

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").detection())
        .isEqualTo(
            new DetectionConfig(
                0.3, 0.5, 100, List.of(), Convention.GOOGLE, 0, false, Map.of(), 0));
  }

  @Test
  void everyKey() {
    var yaml =
        "detection: {score: 0.05, iou: 0.6, max: 7, classes: [car, traffic light],"
            + " convention: zylo117, suppression: hard, class-agnostic: true,"
            + " class-scores: {car: 0.5, traffic light: 0.1}, top-k: 500}";
    assertThat(Yaml.withAdded(yaml).detection())
        .isEqualTo(
            new DetectionConfig(
                0.05,
                0.6,
                7,
                List.of("car", "traffic light"),
                Convention.ZYLO117,
                0,
                true,
                Map.of("car", 0.5, "traffic light", 0.1),
                500));
  }

  @Test
  void gaussianSuppressionHasASigma() {
    var yaml = "detection: {suppression: gaussian%s}";
    assertThat(Yaml.withAdded(yaml.formatted("")).detection().sigma()).isEqualTo(0.5);
    assertThat(Yaml.withAdded(yaml.formatted(", sigma: 0.3")).detection().sigma()).isEqualTo(0.3);
  }

  @Test
  void googlesExportSuppressesOverAllClassesUnlessToldOtherwise() {
    var yaml = "detection: {convention: google-export%s}";
    assertThat(Yaml.withAdded(yaml.formatted("")).detection().classAgnostic()).isTrue();
    assertThat(
            Yaml.withAdded(yaml.formatted(", class-agnostic: false")).detection().classAgnostic())
        .isFalse();
  }

  @Test
  void anEvaluationHasItsConventionsDefaults() {
    assertThat(evaluation(Map.of()))
        .isEqualTo(
            new DetectionConfig(
                0, 0.5, 100, List.of(), Convention.GOOGLE, 0.5, false, Map.of(), 5000));
    assertThat(evaluation(Map.of("detection.convention", "zylo117")))
        .isEqualTo(
            new DetectionConfig(
                0.05, 0.5, 5000, List.of(), Convention.ZYLO117, 0, false, Map.of(), 0));
    assertThat(evaluation(Map.of("detection.suppression", "hard", "model.file", "d1")).sigma())
        .isZero();
    assertThatThrownBy(() -> evaluation(Map.of("detection.iou", "0.4", "detection.max", "0")))
        .hasMessageContaining("--iou 0.4: is of hard suppression, and suppression is gaussian")
        .hasMessageContaining("detection.max: 0: must be a whole number from 1 to 5000");
  }

  private static DetectionConfig evaluation(Map<String, Object> values) {
    return DetectionConfig.ofEvaluation(values, Map.of("detection.iou", "--iou"));
  }

  @Test
  void scoresOfClassesComeAsOneText() {
    assertThat(
            evaluation(Map.of("detection.class-scores", "car=0.5, traffic light=0.1"))
                .classScores())
        .isEqualTo(Map.of("car", 0.5, "traffic light", 0.1));
    assertThatThrownBy(
            () -> evaluation(Map.of("detection.class-scores", "car,bus=2,cat=0.1,cat=0.2")))
        .hasMessageContaining("car must be a name with its number, such as car=0.5")
        .hasMessageContaining("bus must be a number from 0 to 1 (lowest scores of single classes)")
        .hasMessageContaining("cat is there twice");
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
            "detection.clases: no such key. Did you mean classes? Here are: convention, score,"
                + " iou, max, classes, suppression, sigma, class-agnostic, class-scores, top-k.");
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThat(Yaml.problemsWithAdded("detection: {sigma: 0.4, convention: googel, top-k: 0}"))
        .containsExactly(
            "detection.convention: googel: must be one of google, google-export, zylo117, effdet"
                + " (whose post-processing is followed). Did you mean google?",
            "detection.sigma: 0.4: is of gaussian suppression, and suppression is hard",
            "detection.top-k: 0: must be a whole number from 1 to 1000000 (candidates that are"
                + " looked at)");
    assertThat(
            Yaml.problemsWithAdded(
                "detection: {suppression: gaussian, iou: 0.4, class-scores: {car: many}}"))
        .containsExactly(
            "detection.iou: 0.4: is of hard suppression, and suppression is gaussian; that has"
                + " sigma",
            "detection.class-scores: {car=many}: car must be a number from 0 to 1 (lowest scores of"
                + " single classes)");
  }
}
