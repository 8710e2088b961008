package io.vigil.model.train;

/** The learning rate of each step. */
public sealed interface LearningRate {

  /**
   * @param step from 0
   */
  double at(int step);

  /** Google/automl's, after the warm-up: 0.08 for a batch of 64. */
  static double officialRate(int batch) {
    return 0.08 * batch / 64;
  }

  /**
   * Google/automl's for a batch: rises from a tenth during the warm-up, then falls with a cosine
   * whose argument counts from step 0 and whose period leaves the warm-up out, so that it reaches 0
   * before the last step and rises again: hardly, after 300 epochs with one of warm-up, but to a
   * quarter after four.
   *
   * @param rate after the warm-up
   * @param warmup steps
   * @param total steps
   */
  record Official(double rate, int warmup, int total) implements LearningRate {

    /**
     * @param stepsPerEpoch need not be whole
     */
    public static Official of(
        int batch, double stepsPerEpoch, double warmupEpochs, double epochs, double factor) {
      return new Official(
          factor * officialRate(batch),
          (int) (warmupEpochs * stepsPerEpoch),
          (int) (epochs * stepsPerEpoch));
    }

    @Override
    public double at(int step) {
      if (step < warmup) {
        var start = rate / 10;
        return start + (double) step / warmup * (rate - start);
      }
      return cosine(rate, (double) step / (total - warmup));
    }
  }

  /**
   * The paper's text: from 0 over the first twentieth of the steps, then a cosine down to 0.
   *
   * @param rate after the warm-up
   * @param total steps
   */
  record Paper(double rate, int total) implements LearningRate {

    private static final double WARM_UP = 0.05;

    @Override
    public double at(int step) {
      var warmup = WARM_UP * total;
      return step < warmup
          ? rate * step / warmup
          : cosine(rate, (step - warmup) / (total - warmup));
    }
  }

  private static double cosine(double rate, double share) {
    return 0.5 * rate * (1 + Math.cos(Math.PI * share));
  }
}
