package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.train.Freeze;
import io.vigil.model.train.LearningRate;
import io.vigil.model.train.Recipe;
import io.vigil.model.train.TrainingPlan;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** An option that is taken and does nothing is found out after hours, if at all. */
class RecipeOptionsTest {

  private static TrainingPlan plan(String... arguments) {
    return CommandLine.populateCommand(new RecipeOptions(), arguments)
        .plan(EfficientDetConfig.named("d0"));
  }

  @Test
  void withoutOptionsItIsTheOfficialRecipe() {
    assertThat(plan())
        .usingRecursiveComparison()
        .isEqualTo(
            new TrainingPlan(
                EfficientDetConfig.named("d0"),
                Recipe.named("official"),
                Freeze.NOTHING,
                512,
                512,
                8,
                300,
                1,
                1));
  }

  @Test
  void everyOptionChangesWhatItSays() {
    assertThat(plan("--size", "384x256").width()).isEqualTo(384);
    assertThat(plan("--size", "384x256").height()).isEqualTo(256);
    assertThat(plan("--resolution", "768").config().resolution()).isEqualTo(768);
    assertThat(plan("--anchor-scale", "2.5").config().anchorScale()).isEqualTo(2.5);
    assertThat(plan("--scale", "0.7..1.5").recipe().jitterMin()).isEqualTo(0.7);
    assertThat(plan("--scale", "0.7..1.5").recipe().jitterMax()).isEqualTo(1.5);
    assertThat(plan("--batch", "4").batch()).isEqualTo(4);
    assertThat(plan("--epochs", "2.5").epochs()).isEqualTo(2.5);
    assertThat(plan("--rate", "0.5").rateFactor()).isEqualTo(0.5);
    assertThat(plan("--seed", "7").seed()).isEqualTo(7);
    assertThat(plan("--freeze", "norms,stage2").freeze()).isEqualTo(Freeze.named("norms,stage2"));
    assertThat(plan("--average", "0.9").recipe().average().decay()).isEqualTo(0.9);
    assertThat(plan("--warmup", "3").recipe().warmup()).isEqualTo(new Recipe.Warmup.Epochs(3));
    assertThat(plan("--optimizer", "adamw").recipe().descent().rateFactor(8))
        .isEqualTo(0.001 / LearningRate.officialRate(8));
  }

  @Test
  void theRecipeOfThePaperChangesTheNetworkToo() {
    assertThat(plan().config().implementation().epsilon()).isEqualTo(1e-3);
    assertThat(plan("--recipe", "paper").config().implementation().epsilon()).isEqualTo(1e-4);
    assertThat(plan("--recipe", "retinanet").recipe().name()).isEqualTo("retinanet");
  }
}
