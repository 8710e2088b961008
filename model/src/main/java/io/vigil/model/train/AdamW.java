package io.vigil.model.train;

import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
 * 2019): each weight moves by about the learning rate, whatever the size of its gradients. From
 * random weights EfficientNet's backbone needs that; by {@link Sgd} it hardly moves while the heads
 * already swing.
 *
 * @param meanShare of a step's gradient that stays in the running mean: beta 1
 * @param squareShare of its square: beta 2
 * @param weightDecay of convolution kernels, times the learning rate
 * @param clip largest norm of all gradients together
 */
public record AdamW(double meanShare, double squareShare, double weightDecay, double clip)
    implements Descent {

  private static final double EPSILON = 1e-8;

  /** The rate that it is used with; the official one is for {@link Sgd}. */
  private static final double USUAL_RATE = 1e-3;

  /** With the paper's 0.9 and 0.999, and 0.01 as PyTorch has it. */
  public static AdamW usual() {
    return new AdamW(0.9, 0.999, 0.01, 10);
  }

  @Override
  public List<String> memories() {
    return List.of("mean", "square");
  }

  @Override
  public double rateFactor(int batch) {
    return USUAL_RATE / LearningRate.officialRate(batch);
  }

  @Override
  public double step(List<Part> parts, double rate, long step) {
    var squares = 0.0;
    for (var part : parts) {
      for (var slope : part.gradient()) {
        squares += (double) slope * slope;
      }
    }
    var norm = Math.sqrt(squares);
    var scale = Math.min(1, clip / norm);
    var meanBias = 1 - Math.pow(meanShare, step + 1);
    var squareBias = 1 - Math.pow(squareShare, step + 1);
    parts.parallelStream().forEach(part -> move(part, scale, rate, meanBias, squareBias));
    return norm;
  }

  private void move(Part part, double scale, double rate, double meanBias, double squareBias) {
    var weights = part.weights();
    var mean = part.memory().get(0);
    var square = part.memory().get(1);
    var kept = part.decays() ? 1 - rate * weightDecay : 1;
    for (var i = 0; i < weights.length; i++) {
      var slope = scale * part.gradient()[i];
      mean[i] = (float) (meanShare * mean[i] + (1 - meanShare) * slope);
      square[i] = (float) (squareShare * square[i] + (1 - squareShare) * slope * slope);
      var direction = mean[i] / meanBias / (Math.sqrt(square[i] / squareBias) + EPSILON);
      weights[i] = (float) (kept * weights[i] - rate * direction);
    }
  }
}
