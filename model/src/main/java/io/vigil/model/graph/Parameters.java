package io.vigil.model.graph;

import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.ParameterSpec.Role;
import java.util.List;

/** The parameters behind the operations of {@link Ops}: their names, shapes and roles. */
public final class Parameters {
  private Parameters() {}

  /** [outputs, inputs, kernel, kernel]. */
  public static ParameterSpec kernel(String name, int outputs, int inputs, int kernel) {
    return new ParameterSpec(
        name + ".weight", new int[] {outputs, inputs, kernel, kernel}, Role.CONV_KERNEL);
  }

  /** [channels, 1, kernel, kernel]. */
  public static ParameterSpec depthwiseKernel(String name, int channels, int kernel) {
    return new ParameterSpec(
        name + ".weight", new int[] {channels, 1, kernel, kernel}, Role.DEPTHWISE_KERNEL);
  }

  public static ParameterSpec bias(String name, int outputs, Ops.Bias bias) {
    var role = bias == Ops.Bias.RARE ? Role.CLASS_PREDICTOR_BIAS : Role.CONV_BIAS;
    return new ParameterSpec(name + ".bias", new int[] {outputs}, role);
  }

  public static ParameterSpec fusionWeights(String name, int inputs) {
    return new ParameterSpec(name + ".weights", new int[] {inputs}, Role.FUSION_WEIGHTS);
  }

  /** Scale, shift, mean and variance, in this order. */
  public static List<ParameterSpec> batchNorm(String name, int channels) {
    return List.of(
        new ParameterSpec(name + ".scale", new int[] {channels}, Role.BN_SCALE),
        new ParameterSpec(name + ".shift", new int[] {channels}, Role.BN_SHIFT),
        new ParameterSpec(name + ".mean", new int[] {channels}, Role.BN_MEAN),
        new ParameterSpec(name + ".variance", new int[] {channels}, Role.BN_VARIANCE));
  }
}
