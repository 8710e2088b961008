package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.golden.GoldenFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The learning rate and the moving average over the steps, as google/automl has them. */
class LearningRateGoldenTest {

  private static final JsonNode GOLDEN = GoldenFile.read("training/schedule.json");

  static Stream<JsonNode> cases() {
    return GoldenCases.stream(GOLDEN.get("cases"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheReferences(JsonNode golden) {
    var rate =
        LearningRate.Official.of(
            golden.get("batch").asInt(),
            stepsPerEpoch(golden),
            1,
            golden.get("num_epochs").asDouble(),
            1);

    assertThat(rate.warmup()).isEqualTo(golden.get("warmup_steps").asInt());
    assertThat(rate.total()).isEqualTo(golden.get("total_steps").asInt());
    for (var i = 0; i < golden.get("step").size(); i++) {
      assertThat(rate.at(golden.get("step").get(i).asInt()))
          .isCloseTo(golden.get("learning_rate").get(i).asDouble(), within(1e-7));
    }
  }

  /** The file's figures are rounded; its examples are thirds. */
  private static double stepsPerEpoch(JsonNode golden) {
    var thirds = Math.round(3 * golden.get("num_examples_per_epoch").asDouble());
    return thirds / 3.0 / golden.get("batch").asInt();
  }

  @Test
  void thePapersStartsAtNothingAndEndsThere() {
    var rate = new LearningRate.Paper(0.16, 1000);

    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(25)).isCloseTo(0.08, within(1e-12));
    assertThat(rate.at(50)).isCloseTo(0.16, within(1e-12));
    assertThat(rate.at(525)).isCloseTo(0.08, within(1e-12));
    assertThat(rate.at(1000)).isCloseTo(0, within(1e-12));
  }

  @Test
  void theAverageFollowsFasterAtTheStart() {
    var ema = GOLDEN.get("ema");
    var average = Recipe.official().average();

    assertThat(average.decay()).isEqualTo(ema.get("decay").asDouble());
    for (var i = 0; i < ema.get("n").size(); i++) {
      assertThat(average.decay(ema.get("n").get(i).asLong()))
          .isCloseTo(ema.get("value").get(i).asDouble(), within(1e-9));
    }
  }
}
