package io.vigil.model.train;

/**
 * The loss: a focal one of every anchor and class, and one of the boxes of anchors that have an
 * object; "Focal Loss for Dense Object Detection".
 *
 * @param alpha weight of the classes that are there; 1 - alpha is that of those that are not
 * @param gamma how much what is certain already counts less
 * @param smoothing of the targets of the cross entropy, 0 for none
 * @param box of the differences of ty, tx, th and tw
 * @param boxWeight of the boxes' loss in the sum of both
 * @param normalizer what both are divided by
 */
public record LossSettings(
    double alpha,
    double gamma,
    double smoothing,
    BoxLoss box,
    double boxWeight,
    Normalizer normalizer) {

  /** What the losses are divided by. */
  public enum Normalizer {
    /** The positives of the whole batch, and one. */
    BATCH,
    /** Each picture's own positives, at least one; then the mean of the pictures. */
    PICTURE
  }

  /** A penalty that grows with the square of an error and, from some error on, with the error. */
  public sealed interface BoxLoss {

    /** Where the square ends. */
    double bend();

    /** On Huber's penalty. */
    double factor();

    /** Whether an error counts where the target is exactly 0. */
    boolean countsZeroTargets();

    default double penalty(double error) {
      var size = Math.abs(error);
      return factor() * (size <= bend() ? error * error / 2 : bend() * (size - bend() / 2));
    }

    default double derivative(double error) {
      return factor() * Math.max(-bend(), Math.min(bend(), error));
    }
  }

  /** Google/automl's; it leaves out components whose target is 0, of an object's anchor too. */
  public record Huber(double bend) implements BoxLoss {
    @Override
    public double factor() {
      return 1;
    }

    @Override
    public boolean countsZeroTargets() {
      return false;
    }
  }

  /** "Fast R-CNN"'s, with the bend at beta. */
  public record SmoothL1(double bend) implements BoxLoss {
    @Override
    public double factor() {
      return 1 / bend;
    }

    @Override
    public boolean countsZeroTargets() {
      return true;
    }
  }

  /** Google/automl's. */
  public static LossSettings official() {
    return new LossSettings(0.25, 1.5, 0, new Huber(0.1), 50, Normalizer.BATCH);
  }

  /** As zylo117 trains. */
  public static LossSettings retinaNet() {
    return new LossSettings(0.25, 2, 0, new SmoothL1(1.0 / 9), 50, Normalizer.PICTURE);
  }
}
