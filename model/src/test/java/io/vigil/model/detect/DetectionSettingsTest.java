package io.vigil.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DetectionSettingsTest {
  private static final DetectionSettings SETTINGS =
      new DetectionSettings(0.3f, 0.5f, 100, Set.of(0, 2, 7), false, Convention.GOOGLE);

  @Test
  void theDigestNeverMoves() {
    assertThat(SETTINGS.digest())
        .isEqualTo(
            new DetectionSettings(0.3f, 0.5f, 100, Set.of(7, 0, 2), false, Convention.GOOGLE)
                .digest())
        .isEqualTo("d58b062f5b90405b3a4ddc53e25c311f2a24a32a88d24d36c9e122f30cc08e0d");
  }

  @Test
  void everySettingChangesTheDigest() {
    var others =
        List.of(
            new DetectionSettings(0.31f, 0.5f, 100, Set.of(0, 2, 7), false, Convention.GOOGLE),
            new DetectionSettings(0.3f, 0.6f, 100, Set.of(0, 2, 7), false, Convention.GOOGLE),
            new DetectionSettings(0.3f, 0.5f, 99, Set.of(0, 2, 7), false, Convention.GOOGLE),
            new DetectionSettings(0.3f, 0.5f, 100, Set.of(0, 27), false, Convention.GOOGLE),
            new DetectionSettings(0.3f, 0.5f, 100, Set.of(), false, Convention.GOOGLE),
            new DetectionSettings(0.3f, 0.5f, 100, Set.of(0, 2, 7), true, Convention.GOOGLE),
            new DetectionSettings(0.3f, 0.5f, 100, Set.of(0, 2, 7), false, Convention.EFFDET),
            SETTINGS.withGaussian(0.5f),
            SETTINGS.withClassAgnostic(true),
            SETTINGS.withClassThresholds(Map.of(2, 0.1f)),
            SETTINGS.withTopK(500));
    assertThat(Stream.concat(Stream.of(SETTINGS), others.stream()).map(DetectionSettings::digest))
        .doesNotHaveDuplicates();
  }

  @Test
  void namesEveryValueOutOfRange() {
    assertThatThrownBy(
            () -> new DetectionSettings(1.2f, Float.NaN, 0, Set.of(), false, Convention.GOOGLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Detection settings: scoreThreshold is 1.2, allowed: 0 to 1; iouThreshold is NaN,"
                + " allowed: 0 to 1; maxDetections is 0, allowed: 1 or more");
    assertThatThrownBy(() -> SETTINGS.withClassThresholds(Map.of(2, 1.5f)))
        .hasMessage("Detection settings: classThresholds[2] is 1.5, allowed: 0 to 1");
    assertThatThrownBy(() -> SETTINGS.withGaussian(-1))
        .hasMessage("Detection settings: gaussianSigma is -1.0, allowed: 0 or more");
    assertThatThrownBy(() -> SETTINGS.withTopK(-1))
        .hasMessage("Detection settings: topK is -1, allowed: 0 or more");
  }

  @Test
  void eachConventionEvaluatesAsItsOwnCode() {
    var square = new DetectionSettings(0, 0.5f, 100, Set.of(), true, Convention.GOOGLE);
    assertThat(DetectionSettings.evaluation(Convention.GOOGLE))
        .isEqualTo(square.withGaussian(0.5f).withTopK(5000));
    var export = DetectionSettings.evaluation(Convention.GOOGLE_EXPORT);
    assertThat(export.classAgnostic()).isTrue();
    assertThat(export.gaussianSigma()).isEqualTo(0.5f);
    assertThat(DetectionSettings.evaluation(Convention.ZYLO117))
        .isEqualTo(new DetectionSettings(0.05f, 0.5f, 5000, Set.of(), true, Convention.ZYLO117));
    assertThat(DetectionSettings.evaluation(Convention.EFFDET))
        .isEqualTo(
            new DetectionSettings(0, 0.5f, 100, Set.of(), true, Convention.EFFDET).withTopK(5000));
  }
}
