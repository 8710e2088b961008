package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.train.LossSettings.Huber;
import io.vigil.model.train.LossSettings.Normalizer;
import io.vigil.model.train.LossSettings.SmoothL1;
import org.junit.jupiter.api.Test;

/** What each profile says: one wrong default each is what reproductions missed the accuracy by. */
class RecipeTest {
  private static final EfficientDetConfig D0 = EfficientDetConfig.named("d0");

  @Test
  void theOfficialOneIsThatOfTheReferencesCode() {
    var recipe = Recipe.named("official");

    assertThat(recipe.assignment()).isEqualTo(new Assignment(0.5f, 0.5f, true));
    assertThat(recipe.loss())
        .isEqualTo(new LossSettings(0.25, 1.5, 0, new Huber(0.1), 50, Normalizer.BATCH));
    assertThat(recipe.descent()).isEqualTo(new Sgd(0.9, 4e-5, Sgd.Order.DECAY_THEN_CLIP, 10));
    assertThat(recipe.average().decay()).isEqualTo(0.9998);
    assertThat(recipe.jitterMin()).isEqualTo(0.1);
    assertThat(recipe.jitterMax()).isEqualTo(2);
    assertThat(recipe.batchShare()).isEqualTo(0.01);
    assertThat(recipe.warmup()).isEqualTo(new Recipe.Warmup.Epochs(1));
    assertThat(recipe.aspectRatios().get(1)).containsExactly(1.4, 0.7);
    assertThat(recipe.applied(D0)).isEqualTo(D0);
  }

  @Test
  void thePapersDiffersInWhatItsFirstVersionSays() {
    var recipe = Recipe.named("paper");

    assertThat(recipe.applied(D0).implementation())
        .isEqualTo(D0.implementation().withEpsilon(1e-4));
    assertThat(recipe.batchShare()).isEqualTo(0.003);
    assertThat(recipe.warmup()).isEqualTo(new Recipe.Warmup.Twentieth());
    assertThat(recipe.aspectRatios().get(1))
        .containsExactly(new double[] {Math.sqrt(2), Math.sqrt(0.5)}, within(1e-12));
    assertSameOtherwise(recipe);
    assertThat(recipe.loss()).isEqualTo(Recipe.official().loss());
    assertThat(recipe.assignment()).isEqualTo(Recipe.official().assignment());
  }

  @Test
  void retinaNetsIgnoresABandAndForcesNothing() {
    var recipe = Recipe.named("retinanet");

    assertThat(recipe.assignment()).isEqualTo(new Assignment(0.5f, 0.4f, false));
    assertThat(recipe.loss())
        .isEqualTo(new LossSettings(0.25, 2, 0, new SmoothL1(1.0 / 9), 50, Normalizer.PICTURE));
    assertThat(recipe.applied(D0)).isEqualTo(D0);
    assertThat(recipe.warmup()).isEqualTo(Recipe.official().warmup());
    assertThat(recipe.batchShare()).isEqualTo(Recipe.official().batchShare());
    assertSameOtherwise(recipe);
  }

  private static void assertSameOtherwise(Recipe recipe) {
    var official = Recipe.official();
    assertThat(recipe.descent()).isEqualTo(official.descent());
    assertThat(recipe.average()).isEqualTo(official.average());
    assertThat(recipe.jitterMin()).isEqualTo(official.jitterMin());
    assertThat(recipe.jitterMax()).isEqualTo(official.jitterMax());
  }
}
