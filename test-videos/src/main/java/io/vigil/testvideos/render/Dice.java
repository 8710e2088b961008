package io.vigil.testvideos.render;

/**
 * Random numbers that are the same on every machine: SplitMix64, as Steele, Lea and Flood describe
 * it ("Fast splittable pseudorandom number generators", 2014).
 */
public final class Dice {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  public Dice(long seed) {
    state = mix(seed ^ 0x5DEECE66DL);
  }

  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 up to but without 1. */
  public double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  public double between(double from, double to) {
    return from + (to - from) * unit();
  }

  /** From {@code from} to {@code to}, both included. */
  public int whole(int from, int to) {
    return from + (int) (unit() * (to - from + 1));
  }

  public boolean chance(double probability) {
    return unit() < probability;
  }

  @SafeVarargs
  public final <T> T pick(T... choices) {
    return choices[whole(0, choices.length - 1)];
  }

  public int colour(int... colours) {
    return colours[whole(0, colours.length - 1)];
  }

  /** An index, with a probability in proportion to its weight. */
  public int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = unit() * sum;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** Dice of their own, so that what is drawn with them does not move what comes after. */
  public Dice fork() {
    return new Dice(next());
  }

  /** A well mixed number for a number. */
  public static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
