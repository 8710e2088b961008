package io.vigil.model.backend;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which parts of a network change in training.
 *
 * @param batchShare how much of a batch's mean and variance goes into the running ones: 0.01 is
 *     PyTorch's momentum 0.01 and TensorFlow's 0.99
 * @param trained by the name of an operation, such as {@code backbone.stem.conv}: whether its
 *     parameters learn
 * @param normsByBatch by the name of a batch norm: whether it takes mean and variance of the batch
 * @param order of what is computed, in memory
 */
public record NetworkTraining(
    double batchShare,
    Predicate<String> trained,
    Predicate<String> normsByBatch,
    MemoryOrder order) {

  private static final Pattern STAGE = Pattern.compile("backbone\\.stage(\\d+)\\.");

  /** Which numbers of a picture lie beside each other. */
  public enum MemoryOrder {
    /** A row's: batch norms add up in double precision. */
    CHANNELS_FIRST,
    /**
     * A place's: PyTorch's convolutions need not reorder what they read and write, so a step takes
     * about three fifths of the time; batch norms add up in single precision.
     */
    CHANNELS_LAST
  }

  public NetworkTraining {
    if (!(batchShare > 0 && batchShare <= 1)) {
      throw new IllegalArgumentException(
          "A batch's share in the running mean is above 0 and at most 1, not " + batchShare + ".");
    }
  }

  /** All of it, with the official 0.01, in the faster order. */
  public static NetworkTraining all() {
    return new NetworkTraining(0.01, name -> true, name -> true, MemoryOrder.CHANNELS_LAST);
  }

  public NetworkTraining withBatchShare(double share) {
    return new NetworkTraining(share, trained, normsByBatch, order);
  }

  public NetworkTraining withOrder(MemoryOrder other) {
    return new NetworkTraining(batchShare, trained, normsByBatch, other);
  }

  /** All batch norms use their running means, and keep them; all else learns. */
  public NetworkTraining withFrozenNorms() {
    return new NetworkTraining(batchShare, trained, name -> false, order);
  }

  /**
   * Neither parameters nor running means of the backbone's stem and first stages change, and no
   * gradients go through them.
   *
   * @param count of stages; 0 for none, nor the stem
   */
  public NetworkTraining withFrozenStages(int count) {
    return new NetworkTraining(
        batchShare,
        name -> stage(name) > count && trained.test(name),
        name -> stage(name) > count && normsByBatch.test(name),
        order);
  }

  /** The backbone's batch norms use their running means, and keep them; all else learns. */
  public NetworkTraining withFrozenBackboneNorms() {
    return new NetworkTraining(
        batchShare, trained, name -> !ofBackbone(name) && normsByBatch.test(name), order);
  }

  /** Of an operation of the backbone, the stem's as the first one's; above all for others. */
  private static int stage(String name) {
    var match = STAGE.matcher(name);
    if (match.lookingAt()) {
      return Integer.parseInt(match.group(1));
    }
    return ofBackbone(name) ? 1 : Integer.MAX_VALUE;
  }

  private static boolean ofBackbone(String name) {
    return name.startsWith("backbone.");
  }
}
