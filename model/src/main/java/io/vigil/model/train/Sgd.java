package io.vigil.model.train;

import io.vigil.model.weights.ParameterSpec;
import java.util.List;

/**
 * Stochastic gradient descent with momentum, weight decay of convolution kernels and clipped
 * gradients.
 *
 * @param momentum of the velocity
 * @param weightDecay of convolution kernels
 * @param order whether the decay is clipped, too
 * @param clip largest norm of all gradients together
 */
public record Sgd(double momentum, double weightDecay, Order order, double clip) {

  /** Torch's clipping adds it to the norm. */
  private static final double TORCH_EPSILON = 1e-6;

  /** When weight decay joins a gradient. */
  public enum Order {
    /**
     * As a term of the loss: each tensor's gradient with it is clipped alone, then all together;
     * google/automl's.
     */
    DECAY_THEN_CLIP,
    /** To what all gradients together were clipped to; as PyTorch's optimizers do. */
    CLIP_THEN_DECAY
  }

  /** Google/automl's. */
  public static Sgd official() {
    return new Sgd(0.9, 4e-5, Order.DECAY_THEN_CLIP, 10);
  }

  /** The norm of all gradients before they were clipped. */
  double step(
      List<ParameterSpec> specs,
      List<float[]> weights,
      List<float[]> gradients,
      List<float[]> velocities,
      double rate) {
    var scales = new double[specs.size()];
    var squares = 0.0;
    for (var i = 0; i < scales.length; i++) {
      var decay = order == Order.DECAY_THEN_CLIP ? decay(specs.get(i)) : 0;
      var norm = norm(gradients.get(i), weights.get(i), decay);
      scales[i] = order == Order.DECAY_THEN_CLIP ? shrinkage(norm, 0) : 1;
      squares += norm * scales[i] * norm * scales[i];
    }
    var norm = Math.sqrt(squares);
    var epsilon = order == Order.CLIP_THEN_DECAY ? TORCH_EPSILON : 0;
    for (var i = 0; i < scales.length; i++) {
      var scale = scales[i] * shrinkage(norm, epsilon);
      var decay = decay(specs.get(i)) * (order == Order.DECAY_THEN_CLIP ? scale : 1);
      move(weights.get(i), gradients.get(i), velocities.get(i), scale, decay, rate);
    }
    return norm;
  }

  private double decay(ParameterSpec spec) {
    return switch (spec.role()) {
      case CONV_KERNEL, DEPTHWISE_KERNEL -> weightDecay;
      default -> 0;
    };
  }

  private static double norm(float[] gradient, float[] weights, double decay) {
    var squares = 0.0;
    for (var i = 0; i < gradient.length; i++) {
      var slope = gradient[i] + decay * weights[i];
      squares += slope * slope;
    }
    return Math.sqrt(squares);
  }

  private double shrinkage(double norm, double epsilon) {
    return Math.min(1, clip / (norm + epsilon));
  }

  private void move(
      float[] weights,
      float[] gradient,
      float[] velocity,
      double scale,
      double decay,
      double rate) {
    for (var i = 0; i < weights.length; i++) {
      velocity[i] = (float) (momentum * velocity[i] + scale * gradient[i] + decay * weights[i]);
      weights[i] = (float) (weights[i] - rate * velocity[i]);
    }
  }
}
