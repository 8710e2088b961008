package io.vigil.model.train;

/**
 * The exponential moving average of weights, which is what detects in the end. It follows faster at
 * the start: with {@code decay} at most, and (1 + n) / (10 + n) at update n.
 */
public record MovingAverage(double decay) {

  public MovingAverage {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "The average of the weights has a decay of %s, but must have one from 0 to below 1."
              .formatted(decay));
    }
  }

  /**
   * @param update from 0
   */
  public double decay(long update) {
    return Math.min(decay, (1.0 + update) / (10.0 + update));
  }

  void update(float[] average, float[] values, long update) {
    var kept = decay(update);
    for (var i = 0; i < average.length; i++) {
      average[i] = (float) (average[i] * kept + values[i] * (1 - kept));
    }
  }
}
