package io.vigil.model.train;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.detect.AnchorLayout;
import java.util.List;

/**
 * How a network learns.
 *
 * <pre>{@code
 * var recipe = Recipe.named("official");
 * }</pre>
 *
 * @param name of the profile
 * @param assignment of objects to anchors
 * @param loss of what the heads say
 * @param descent from gradients to weights
 * @param average of the weights
 * @param jitterMin smallest factor on the training picture that a picture is fitted into
 * @param jitterMax largest factor
 * @param batchShare of a batch's mean and variance in the running ones
 * @param batchNormEpsilon added to a batch norm's variance, or null for the network's own
 * @param aspectRatios of the anchors
 * @param warmup how the rate starts and falls
 */
public record Recipe(
    String name,
    Assignment assignment,
    LossSettings loss,
    Descent descent,
    MovingAverage average,
    double jitterMin,
    double jitterMax,
    double batchShare,
    Double batchNormEpsilon,
    List<double[]> aspectRatios,
    Warmup warmup) {

  /** The first version's: its decay of 0.997 and its epsilon are 0.99 and 1e-3 in the last. */
  private static final double PAPER_BATCH_SHARE = 0.003;

  private static final double PAPER_EPSILON = 1e-4;

  /** How the learning rate starts. */
  public sealed interface Warmup {
    /** From a tenth, over so many epochs. */
    record Epochs(double epochs) implements Warmup {}

    /** A twentieth of the steps from 0. */
    record Twentieth() implements Warmup {}
  }

  public Recipe {
    if (!(jitterMin > 0 && jitterMin <= jitterMax)) {
      throw new IllegalArgumentException(
          "Pictures are scaled by %s to %s: the first must be above 0 and at most the second."
              .formatted(jitterMin, jitterMax));
    }
  }

  /** As google/automl's code has it. */
  public static Recipe official() {
    return new Recipe(
        "official",
        Assignment.official(),
        LossSettings.official(),
        Sgd.official(),
        new MovingAverage(0.9998),
        0.1,
        2.0,
        0.01,
        null,
        AnchorLayout.pairs(),
        new Warmup.Epochs(1));
  }

  /** Where the first version of "EfficientDet" differs from the code, the paper. */
  public static Recipe paper() {
    var official = official();
    return new Recipe(
        "paper",
        official.assignment,
        official.loss,
        official.descent,
        official.average,
        official.jitterMin,
        official.jitterMax,
        PAPER_BATCH_SHARE,
        PAPER_EPSILON,
        AnchorLayout.squareRoots(),
        new Warmup.Twentieth());
  }

  /** The official one with RetinaNet's assignment and loss, as zylo117 trains. */
  public static Recipe retinaNet() {
    var official = official();
    return new Recipe(
        "retinanet",
        Assignment.retinaNet(),
        LossSettings.retinaNet(),
        official.descent,
        official.average,
        official.jitterMin,
        official.jitterMax,
        official.batchShare,
        null,
        official.aspectRatios,
        new Warmup.Epochs(1));
  }

  /** The profile of a name. */
  public static Recipe named(String name) {
    return switch (name) {
      case "official" -> official();
      case "paper" -> paper();
      case "retinanet" -> retinaNet();
      default ->
          throw new IllegalArgumentException(
              "There is no recipe '%s'; known are official, paper and retinanet.".formatted(name));
    };
  }

  /** The network with what the recipe says of it. */
  public EfficientDetConfig applied(EfficientDetConfig config) {
    return batchNormEpsilon == null
        ? config
        : config.withImplementation(config.implementation().withEpsilon(batchNormEpsilon));
  }

  /** With another decay of the moving average of the weights. */
  public Recipe withAverage(double decay) {
    return with(descent, new MovingAverage(decay), jitterMin, jitterMax, warmup);
  }

  AnchorLayout anchorLayout(EfficientDetConfig config) {
    return new AnchorLayout(
        EfficientDetConfig.MIN_LEVEL,
        config.maxLevel(),
        config.anchorScale(),
        AnchorLayout.OCTAVES,
        aspectRatios);
  }

  /** Pictures are scaled from {@code min} to {@code max} times the training picture. */
  public Recipe withJitter(double min, double max) {
    return with(descent, average, min, max, warmup);
  }

  public Recipe withDescent(Descent other) {
    return with(other, average, jitterMin, jitterMax, warmup);
  }

  /** With a warm-up from a tenth of the rate over so many epochs. */
  public Recipe withWarmup(double epochs) {
    if (!(epochs >= 0)) {
      throw new IllegalArgumentException(
          "The warm-up takes %s epochs, but must take 0 or more.".formatted(epochs));
    }
    return with(descent, average, jitterMin, jitterMax, new Warmup.Epochs(epochs));
  }

  private Recipe with(
      Descent newDescent, MovingAverage newAverage, double min, double max, Warmup newWarmup) {
    return new Recipe(
        name,
        assignment,
        loss,
        newDescent,
        newAverage,
        min,
        max,
        batchShare,
        batchNormEpsilon,
        aspectRatios,
        newWarmup);
  }
}
