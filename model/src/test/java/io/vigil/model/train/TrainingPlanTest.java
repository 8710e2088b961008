package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.config.EfficientDetConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe's rate is in a run of 250 steps: ten epochs of a hundred pictures, four a step. */
class TrainingPlanTest {

  private static final int PICTURES = 100;
  private static final double OFFICIAL_RATE = 0.08 * 4 / 64;

  private static LearningRate rate(Recipe recipe, double factor) {
    var config = EfficientDetConfig.named("d0");
    return new TrainingPlan(config, recipe, Freeze.NOTHING, 128, 128, 4, 10, factor, 1)
        .learningRate(PICTURES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"official", "retinanet"})
  void theOfficialRateRisesForAnEpochFromATenth(String recipe) {
    var rate = rate(Recipe.named(recipe), 1);

    assertThat(rate.at(0)).isCloseTo(OFFICIAL_RATE / 10, within(1e-12));
    assertThat(rate.at(24)).isLessThan(OFFICIAL_RATE);
    // The cosine counts from step 0 and ends after 225 steps
    var after = OFFICIAL_RATE * (1 + Math.cos(Math.PI * 25 / 225)) / 2;
    assertThat(rate.at(25)).isCloseTo(after, within(1e-12));
    assertThat(rate.at(225)).isCloseTo(0, within(1e-12));
  }

  @Test
  void thePapersRisesForATwentiethOfTheStepsFromNothing() {
    var rate = rate(Recipe.paper(), 1);

    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(10)).isCloseTo(OFFICIAL_RATE * 10 / 12.5, within(1e-12));
    assertThat(rate.at(250)).isCloseTo(0, within(1e-12));
  }

  @Test
  void adamsRateDoesNotFollowTheBatch() {
    var rate = rate(Recipe.official().withDescent(AdamW.usual()), 1);

    assertThat(rate.at(0)).isCloseTo(1e-4, within(1e-12));
  }

  @Test
  void theFactorAndTheWarmUpAreTheUsersOwn() {
    var rate = rate(Recipe.official().withWarmup(0), 0.5);

    assertThat(rate.at(0)).isCloseTo(OFFICIAL_RATE / 2, within(1e-12));
  }
}
