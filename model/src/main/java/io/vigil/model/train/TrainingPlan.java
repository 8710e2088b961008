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
    var coarsest = 1 << config.maxLevel();
    if (batch == 1
        && height <= coarsest
        && width <= coarsest
        && byBatch(freeze, config.maxLevel())) {
      throw new IllegalArgumentException(
          "One picture of %d x %d has a single place at the coarsest level, and its batch norms no variance: raise --batch or --size, or freeze them (--freeze norms)."
              .formatted(width, height));
    }
    if (recipe.warmup() instanceof Recipe.Warmup.Epochs warmup && warmup.epochs() >= epochs) {
      throw new IllegalArgumentException(
          "The warm-up takes %s epochs of %s: make it shorter (--warmup), or the run longer (--epochs)."
              .formatted(warmup.epochs(), epochs));
    }
  }

  /**
   * Steps of the whole run over so many pictures.
   *
   * @throws TrainingException if it has none, or a batch is more than there are pictures
   */
  public long steps(int pictures) {
    if (batch > pictures) {
      throw new TrainingException(
          "A step learns from %d pictures, and there are %d: lower --batch."
              .formatted(batch, pictures));
    }
    var steps = (long) (epochs * perEpoch(pictures));
    if (steps < 1) {
      throw new TrainingException(
          "%s epochs of %d pictures are not one step of %d: lower --batch or raise --epochs."
              .formatted(epochs, pictures, batch));
    }
    return steps;
  }

  private double perEpoch(int pictures) {
    return (double) pictures / batch;
  }

  /** The learning rate of the last step, as a share of the highest. */
  public double rateAtTheEnd(int pictures) {
    var rates = learningRate(pictures);
    var highest = 0.0;
    var steps = (int) steps(pictures);
    for (var step = 0; step < steps; step++) {
      highest = Math.max(highest, rates.at(step));
    }
    return rates.at(steps - 1) / highest;
  }

  LearningRate learningRate(int pictures) {
    double warmup = recipe.warmup() instanceof Recipe.Warmup.Epochs given ? given.epochs() : 0;
    var official =
        LearningRate.Official.of(
            batch,
            perEpoch(pictures),
            warmup,
            epochs,
            rateFactor * recipe.descent().rateFactor(batch));
    return recipe.warmup() instanceof Recipe.Warmup.Twentieth
        ? new LearningRate.Paper(official.rate(), (int) steps(pictures))
        : official;
  }

  /** Whether the heads' take the batch's mean and variance. */
  private static boolean byBatch(Freeze freeze, int level) {
    return freeze.applied(NetworkTraining.all()).normsByBatch().test("class.layer0.norm.p" + level);
  }

  NetworkTraining networkTraining() {
    var all = NetworkTraining.all().withBatchShare(recipe.batchShare());
    return freeze.applied(all);
  }
}
