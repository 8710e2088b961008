package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.detect.Convention;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.DetectionConfig;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.testing.PixelDetector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectionRulesTest {
  private final ModelMetadata model = model();

  private static ModelMetadata model() {
    try (var detector = PixelDetector.factory().open()) {
      return detector.model();
    }
  }

  private DetectionSettings settings(Map<String, Object> asked) {
    var values = new HashMap<>(asked);
    values.put("source.files", List.of("street.mp4"));
    DetectionConfig config = JobConfig.fromOptions(values, Map.of(), Map.of()).detection();
    return DetectionRules.of(config, model, false, "The configuration");
  }

  @Test
  void nothingAskedForChangesNoDigest() {
    assertThat(settings(Map.of())).isEqualTo(DetectionSettings.withScore(0.3f));
    assertThat(settings(Map.of()).digest()).isEqualTo(DetectionSettings.withScore(0.3f).digest());
  }

  @Test
  void everyKeyReachesThePostProcessing() {
    var name = model.labels().get(0).name();
    var settings =
        settings(
            Map.of(
                "detection.convention",
                "effdet",
                "detection.suppression",
                "gaussian",
                "detection.sigma",
                0.25,
                "detection.class-agnostic",
                true,
                "detection.classes",
                List.of(name),
                "detection.class-scores",
                Map.of(name, 0.125),
                "detection.top-k",
                1));
    assertThat(settings)
        .isEqualTo(
            new DetectionSettings(0.3f, 0.5f, 100, Set.of(0), false, Convention.EFFDET)
                .withGaussian(0.25f)
                .withClassAgnostic(true)
                .withClassThresholds(Map.of(0, 0.125f))
                .withTopK(1));
  }

  @Test
  void tellsAllThatTheModelDoesNotHave() {
    assertThatThrownBy(
            () ->
                settings(
                    Map.of(
                        "detection.classes", List.of("unicorn"),
                        "detection.class-scores", Map.of("griffin", 0.125),
                        "detection.top-k", model.topK() + 1)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("detection.classes: unicorn: the model knows no such class")
        .hasMessageContaining("detection.class-scores: griffin: the model knows no such class")
        .hasMessageContaining(
            "detection.top-k: %d: the model file gives the best %d candidates of a picture; export it with --top-k %d"
                .formatted(model.topK() + 1, model.topK(), model.topK() + 1));
  }
}
