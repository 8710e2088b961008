package io.vigil.model.config;

/**
 * What implementations of one network do differently; it belongs to the weights, which are worth
 * less in a network of another kind.
 *
 * @param padding of convolutions and max-pools
 * @param poolPadding what surrounds a max-pool
 * @param backboneEpsilon added to the variance of a batch norm in the backbone
 * @param epsilon added to the variance of every other batch norm
 * @param fusionEpsilon added to the sum of the fusion weights
 * @param biasBeforeNorm whether convolutions outside the backbone that a batch norm follows have a
 *     bias all the same
 */
public record Implementation(
    Padding padding,
    PoolPadding poolPadding,
    double backboneEpsilon,
    double epsilon,
    double fusionEpsilon,
    boolean biasBeforeNorm) {

  /** google/automl's, and all weights that were made from it: rwightman's {@code tf_*}. */
  public static final Implementation TENSORFLOW =
      new Implementation(Padding.SAME, PoolPadding.MINUS_INFINITY, 1e-3, 1e-3, 1e-4, true);

  /** What rwightman trained in PyTorch: {@code efficientdet_d0} and {@code efficientdet_d1}. */
  public static final Implementation PYTORCH =
      new Implementation(Padding.SYMMETRIC, PoolPadding.MINUS_INFINITY, 1e-5, 1e-3, 1e-4, false);

  public Implementation {
    if (padding == Padding.SYMMETRIC && poolPadding == PoolPadding.ZERO) {
      throw new IllegalArgumentException(
          "Networks with symmetric padding pad max-pools with '-inf' only: 'zero' is zylo117's, which has no such.");
    }
  }

  /** The one with that padding. */
  public static Implementation of(Padding padding) {
    return padding == Padding.SAME ? TENSORFLOW : PYTORCH;
  }

  public Implementation withPoolPadding(PoolPadding other) {
    return new Implementation(
        padding, other, backboneEpsilon, epsilon, fusionEpsilon, biasBeforeNorm);
  }

  /** With one epsilon for every batch norm. */
  public Implementation withEpsilon(double other) {
    return new Implementation(padding, poolPadding, other, other, fusionEpsilon, biasBeforeNorm);
  }
}
