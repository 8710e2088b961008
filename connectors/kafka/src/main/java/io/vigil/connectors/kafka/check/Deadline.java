package io.vigil.connectors.kafka.check;

import java.time.Duration;

/** A moment by which an answer is wanted. */
final class Deadline {

  private final long end;

  Deadline(Duration limit) {
    this.end = System.nanoTime() + limit.toNanos();
  }

  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }

  boolean passed() {
    return System.nanoTime() - end >= 0;
  }

  Duration atMost(Duration limit) {
    return left().compareTo(limit) < 0 ? left() : limit;
  }
}
