package io.vigil.model.golden;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Weights of a formula for a network that no reference figures are given for: kernels that keep the
 * variance, small biases, batch norms that do little. A tensor is made when it is asked for.
 *
 * <p>Activations damp what such kernels keep: little of a picture comes out at the other end.
 *
 * @param gain on kernels, against that
 */
public record LightWeights(Map<String, ParameterSpec> parameters, double gain) implements Weights {

  public static Weights of(EfficientDetConfig config) {
    return of(config, 1);
  }

  public static Weights of(EfficientDetConfig config, double gain) {
    return new LightWeights(
        ShapeReading.of(config).parameters().stream()
            .collect(Collectors.toMap(ParameterSpec::name, Function.identity())),
        gain);
  }

  @Override
  public Tensor tensor(String name) {
    ParameterSpec parameter = parameters.get(name);
    float[] values = new float[Arrays.stream(parameter.shape()).reduce(1, (a, b) -> a * b)];
    Formula formula = new Formula(name);
    double scale = gain * Math.sqrt(3.0 * parameter.shape()[0] / values.length);
    for (int i = 0; i < values.length; i++) {
      double x = formula.x(i);
      values[i] =
          switch (parameter.role()) {
            case CONV_KERNEL, DEPTHWISE_KERNEL -> (float) (scale * x);
            case FUSION_WEIGHTS, BN_SCALE, BN_VARIANCE -> (float) (1 + 0.1 * x);
            default -> (float) (0.1 * x);
          };
    }
    return new Tensor(parameter.shape(), values);
  }
}
