package io.vigil.model.train;

import java.util.SplittableRandom;

/**
 * Which pictures a step learns from: each once an epoch, in an order that the seed and the epoch
 * decide. A function of the step alone, so that a resumed run draws what an uninterrupted one does.
 *
 * @param pictures in the data
 * @param batch pictures of a step
 * @param seed of the run
 */
record Sampler(int pictures, int batch, long seed) {

  /** Keeps the orders of epochs apart from the draws of pictures. */
  private static final long ORDER = 0x6F72646572L;

  /**
   * A picture of a step.
   *
   * @param index in the data
   * @param seed of what is drawn for it
   */
  record Draw(int index, long seed) {}

  Draw[] step(long step) {
    var draws = new Draw[batch];
    var epoch = -1L;
    int[] order = null;
    for (var i = 0; i < batch; i++) {
      var number = step * batch + i;
      if (number / pictures != epoch) {
        epoch = number / pictures;
        order = order(epoch);
      }
      draws[i] = new Draw(order[(int) (number % pictures)], mixed(seed, number));
    }
    return draws;
  }

  /** Fisher and Yates. */
  private int[] order(long epoch) {
    var order = new int[pictures];
    for (var i = 0; i < pictures; i++) {
      order[i] = i;
    }
    var random = new SplittableRandom(mixed(seed ^ ORDER, epoch));
    for (var i = pictures - 1; i > 0; i--) {
      var other = random.nextInt(i + 1);
      var held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
    return order;
  }

  private static long mixed(long seed, long number) {
    return new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L).nextLong();
  }
}
