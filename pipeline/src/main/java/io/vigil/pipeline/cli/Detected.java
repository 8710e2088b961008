package io.vigil.pipeline.cli;

import java.time.Duration;

/**
 * What a run has come to when all its events are committed, and its pictures are still to be drawn.
 *
 * @param hidden events that are on the topic, and hidden behind another job's open transaction
 * @param milliseconds from the first frame decoded to the last event committed; 0 if not known
 */
record Detected(long hidden, long milliseconds, Results results) {

  Duration elapsed() {
    return Duration.ofMillis(milliseconds);
  }
}
