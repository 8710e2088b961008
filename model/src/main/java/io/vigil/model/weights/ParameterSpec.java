package io.vigil.model.weights;

/**
 * A tensor that the network needs.
 *
 * @param name canonical, such as {@code backbone.stage2.block0.depthwise.conv.weight}
 * @param shape row-major; convolution kernels are OIHW
 * @param role what it is, which decides how it starts and whether it trains
 */
public record ParameterSpec(String name, int[] shape, Role role) {

  /** The roles of a tensor; batch norm's mean and variance are state, not trained. */
  public enum Role {
    CONV_KERNEL,
    DEPTHWISE_KERNEL,
    CONV_BIAS,
    CLASS_PREDICTOR_BIAS,
    FUSION_WEIGHTS,
    BN_SCALE,
    BN_SHIFT,
    BN_MEAN,
    BN_VARIANCE;

    /** Whether gradient descent changes it. */
    public boolean trained() {
      return this != BN_MEAN && this != BN_VARIANCE;
    }
  }
}
