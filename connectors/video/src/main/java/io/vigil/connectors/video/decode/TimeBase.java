package io.vigil.connectors.video.decode;

/** A unit of time: numerator / denominator seconds. */
public record TimeBase(int numerator, int denominator) {

  public double seconds(long units) {
    return (double) units * numerator / denominator;
  }

  /** Rounded down, so that the order of timestamps is kept. */
  public long millis(long units) {
    return Math.floorDiv(Math.multiplyExact(units, 1000L * numerator), denominator);
  }

  /** The units that fit into so many seconds. */
  public long units(double seconds) {
    return (long) Math.floor(seconds * denominator / numerator);
  }
}
