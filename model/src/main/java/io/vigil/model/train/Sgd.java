package io.vigil.model.train;

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
public record Sgd(double momentum, double weightDecay, Order order, double clip)
    implements Descent {

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

  @Override
  public List<String> memories() {
    return List.of("velocity");
  }

  @Override
  public double rateFactor(int batch) {
    return 1;
  }

  @Override
  public double step(List<Part> parts, double rate, long step) {
    var scales = new double[parts.size()];
    var squares = 0.0;
    for (var i = 0; i < scales.length; i++) {
      var part = parts.get(i);
      var decay = order == Order.DECAY_THEN_CLIP ? decay(part) : 0;
      var norm = norm(part.gradient(), part.weights(), decay);
      scales[i] = order == Order.DECAY_THEN_CLIP ? shrinkage(norm, 0) : 1;
      squares += norm * scales[i] * norm * scales[i];
    }
    var norm = Math.sqrt(squares);
    var epsilon = order == Order.CLIP_THEN_DECAY ? TORCH_EPSILON : 0;
    for (var i = 0; i < scales.length; i++) {
      var part = parts.get(i);
      var scale = scales[i] * shrinkage(norm, epsilon);
      var decay = decay(part) * (order == Order.DECAY_THEN_CLIP ? scale : 1);
      move(part, scale, decay, rate);
    }
    return norm;
  }

  private double decay(Part part) {
    return part.decays() ? weightDecay : 0;
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

  private void move(Part part, double scale, double decay, double rate) {
    var weights = part.weights();
    var velocity = part.memory().get(0);
    for (var i = 0; i < weights.length; i++) {
      velocity[i] =
          (float) (momentum * velocity[i] + scale * part.gradient()[i] + decay * weights[i]);
      weights[i] = (float) (weights[i] - rate * velocity[i]);
    }
  }
}
