package io.vigil.model.train;

import io.vigil.model.backend.NetworkTraining;
import io.vigil.model.config.EfficientDetConfig;

/**
 * A run from its first step to its last.
 *
 * @param config of the network, with the data's number of classes
 * @param recipe how it learns
 * @param freeze what does not learn
 * @param height of the training pictures, model pixels
 * @param width of the training pictures, model pixels
 * @param batch pictures of a step
 * @param epochs how often each picture is seen
 * @param rateFactor on the learning rate that belongs to the batch
 * @param seed of all that is random
 */
public record TrainingPlan(
    EfficientDetConfig config,
    Recipe recipe,
    Freeze freeze,
    int height,
    int width,
    int batch,
    double epochs,
    double rateFactor,
    long seed) {

  public TrainingPlan {
    config.requireSize(height, width);
    if (batch < 1 || !(epochs > 0) || !(rateFactor > 0)) {
      throw new IllegalArgumentException(
          "Batch, epochs and the factor on the learning rate are above 0, not %d, %s and %s."
              .formatted(batch, epochs, rateFactor));
    }
    if (recipe.warmup() instanceof Recipe.Warmup.Epochs warmup && warmup.epochs() >= epochs) {
      throw new IllegalArgumentException(
          "The warm-up takes %s epochs of %s: make it shorter (--warmup), or the run longer (--epochs)."
              .formatted(warmup.epochs(), epochs));
    }
  }

  /** Steps of the whole run over so many pictures; at least one. */
  public long steps(int pictures) {
    return Math.max(1, (long) (epochs * pictures / batch));
  }

  LearningRate learningRate(int pictures) {
    double warmup = recipe.warmup() instanceof Recipe.Warmup.Epochs given ? given.epochs() : 0;
    var official =
        LearningRate.Official.of(
            batch,
            (double) pictures / batch,
            warmup,
            epochs,
            rateFactor * recipe.descent().rateFactor(batch));
    return recipe.warmup() instanceof Recipe.Warmup.Twentieth
        ? new LearningRate.Paper(official.rate(), (int) steps(pictures))
        : official;
  }

  NetworkTraining networkTraining() {
    var all = NetworkTraining.all().withBatchShare(recipe.batchShare());
    return freeze.applied(all);
  }
}
