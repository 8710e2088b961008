package io.vigil.model.train;

import io.vigil.model.weights.ParameterSpec;
import java.util.List;

/** How weights follow from gradients. */
public sealed interface Descent permits Sgd, AdamW {

  /**
   * A tensor that learns; the arrays are changed by a step.
   *
   * @param memory what the descent keeps of it from step to step, as {@link #memories()} names it
   */
  record Part(ParameterSpec spec, float[] weights, float[] gradient, List<float[]> memory) {

    /** Whether weight decay is for it. */
    boolean decays() {
      return switch (spec.role()) {
        case CONV_KERNEL, DEPTHWISE_KERNEL -> true;
        default -> false;
      };
    }
  }

  /** The optimizer of a name, as the official recipe sets it. */
  static Descent named(String name) {
    return switch (name) {
      case "sgd" -> Sgd.official();
      case "adamw" -> AdamW.usual();
      default ->
          throw new IllegalArgumentException(
              "There is no optimizer '%s'; known are sgd and adamw.".formatted(name));
    };
  }

  /** Arrays of a tensor's size, all zeros before the first step. */
  List<String> memories();

  /** On the official rate of a batch of this size. */
  double rateFactor(int batch);

  /**
   * @param rate the learning rate
   * @param step from 0
   * @return the norm of all gradients before they were clipped
   */
  double step(List<Part> parts, double rate, long step);
}
