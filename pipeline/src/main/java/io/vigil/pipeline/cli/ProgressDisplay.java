package io.vigil.pipeline.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Shows progress: on a terminal one line that changes, elsewhere a line every few seconds. The rate
 * is that of the last seconds, so that it tells of now.
 */
final class ProgressDisplay {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final Console console;
  private final long expected;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long lastLine;

  private record Sample(long nanos, long frames) {}

  ProgressDisplay(Console console, long expected) {
    this.console = console;
    this.expected = expected;
  }

  /**
   * @param nanos now, on any clock
   */
  void update(long nanos, long frames, long detections) {
    if (samples.size() == 1 && samples.getFirst().frames == frames) {
      // the rate is that of frames, not of the time that a network takes to load
      samples.removeFirst();
    }
    samples.addLast(new Sample(nanos, frames));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos > WINDOW.toNanos()) {
      samples.removeFirst();
    }
    var line = new ProgressLine(frames, expected, detections, rate()).toString();
    if (console.terminal()) {
      console.line(line);
    } else if (samples.size() > 1
        && (lastLine == 0 || nanos - lastLine >= BETWEEN_LINES.toNanos())) {
      console.tell(line);
      lastLine = nanos;
    }
  }

  /** Clears the line that changes, so that other text starts there. */
  void end() {
    console.endLine();
  }

  private double rate() {
    var first = samples.getFirst();
    var last = samples.getLast();
    double seconds = (last.nanos - first.nanos) / 1e9;
    return seconds > 0.5 ? (last.frames - first.frames) / seconds : 0;
  }
}
