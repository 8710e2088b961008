package io.vigil.model.weights;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.golden.FormulaWeights;
import java.util.Arrays;

/** The formula's weights of D0, which tests write and read in every format. */
final class FormulaD0 {
  static final EfficientDetConfig D0 = EfficientDetConfig.named("d0");
  static final Weights WEIGHTS = FormulaWeights.of(D0, "zylo_d0.json");

  /** Computed once from the real files of both reference implementations. */
  static final String DIGEST = "18cc3c549637c1d80f826007b180a4bad77ce634da035b7a270af8a89b36d818";

  private FormulaD0() {}

  static int[] bits(Tensor tensor) {
    int[] bits = new int[tensor.values().length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(tensor.values()[i]));
    return bits;
  }
}
