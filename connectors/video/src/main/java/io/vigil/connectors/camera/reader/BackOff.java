package io.vigil.connectors.camera.reader;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Waits between attempts to connect: doubling from 0.5 s to 30 s, each shortened by chance by up to
 * half, so that cameras that were lost together do not come back together.
 */
public final class BackOff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final double MOST_SHORTENED = 0.5;

  private final DoubleSupplier chance;
  private Duration next = FIRST;

  /**
   * @param chance from 0 to 1
   */
  public BackOff(DoubleSupplier chance) {
    this.chance = chance;
  }

  public Duration next() {
    var wait = next;
    next = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
    return Duration.ofMillis(
        Math.round(wait.toMillis() * (1 - MOST_SHORTENED * chance.getAsDouble())));
  }

  /** After a connection that lasted. */
  public void reset() {
    next = FIRST;
  }
}
