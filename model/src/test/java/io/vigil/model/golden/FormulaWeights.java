package io.vigil.model.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.NamedTensors;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.names.NameTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights behind the reference figures: a formula of the zylo117 name and the index, in double,
 * rounded once to float32.
 */
public final class FormulaWeights {
  private FormulaWeights() {}

  /** By canonical name. */
  public static Weights of(EfficientDetConfig config, GoldenBatchNorms batchNorms) {
    NameTable table = NameScheme.ZYLO117.table(config);
    Map<String, Tensor> tensors = new HashMap<>();
    for (ParameterSpec parameter : ShapeReading.of(config).parameters()) {
      tensors.put(parameter.name(), tensor(parameter, table.of(parameter.name()), batchNorms));
    }
    return new NamedTensors(tensors);
  }

  /** With the batch-norm statistics of a golden file among the test resources. */
  public static Weights of(EfficientDetConfig config, String goldenFile) {
    return of(config, new GoldenBatchNorms(GoldenFile.read(goldenFile)));
  }

  /** [mu, s] of every batch norm, by the name of its module. */
  public record GoldenBatchNorms(JsonNode golden) {
    private double mu(String tensorName) {
      return figure(tensorName, 0);
    }

    private double s(String tensorName) {
      return figure(tensorName, 1);
    }

    private double figure(String tensorName, int place) {
      String module = tensorName.substring(0, tensorName.lastIndexOf('.'));
      return golden.get("bn_table").get(module).get(place).asDouble();
    }
  }

  private static Tensor tensor(ParameterSpec parameter, String name, GoldenBatchNorms batchNorms) {
    float[] values = new float[Arrays.stream(parameter.shape()).reduce(1, (a, b) -> a * b)];
    Formula formula = new Formula(name);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value(parameter, name, batchNorms, formula.x(i));
    }
    return new Tensor(parameter.shape(), values);
  }

  private static double value(
      ParameterSpec parameter, String name, GoldenBatchNorms batchNorms, double x) {
    return switch (parameter.role()) {
      case CONV_KERNEL, DEPTHWISE_KERNEL -> x * Math.sqrt(3 * gain(name) / fanIn(parameter));
      case CONV_BIAS, CLASS_PREDICTOR_BIAS, BN_SHIFT -> 0.1 * x;
      case FUSION_WEIGHTS -> 1 + 0.5 * x;
      case BN_SCALE -> 1 + 0.1 * x;
      case BN_MEAN -> batchNorms.mu(name) + 0.1 * batchNorms.s(name) * x;
      case BN_VARIANCE -> batchNorms.s(name) * batchNorms.s(name) * (1 + 0.5 * Math.abs(x));
    };
  }

  private static double gain(String name) {
    if (name.startsWith("classifier.header")) {
      return 1.5;
    }
    return name.startsWith("regressor.header") ? 0.5 : 1;
  }

  private static int fanIn(ParameterSpec kernel) {
    return kernel.shape()[1] * kernel.shape()[2] * kernel.shape()[3];
  }
}
