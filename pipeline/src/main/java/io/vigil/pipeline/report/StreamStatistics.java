package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent;
import java.util.Map;
import java.util.TreeMap;

/** Counts over the frame events of one stream. */
final class StreamStatistics {
  private final Map<String, Long> detectionsByClass = new TreeMap<>();
  private FrameEvent first;
  private FrameEvent last;
  private long frames;

  void add(FrameEvent event) {
    first = first == null ? event : first;
    last = event;
    frames++;
    for (var detection : event.detections()) {
      detectionsByClass.merge(detection.className(), 1L, Long::sum);
    }
  }

  long frames() {
    return frames;
  }

  Map<String, Long> detectionsByClass() {
    return Map.copyOf(detectionsByClass);
  }

  long detections() {
    return detectionsByClass.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of the first frame with an event; -1 if there is none. */
  long firstSeq() {
    return first == null ? -1 : first.seq();
  }

  /** Of the last frame with an event; -1 if there is none. */
  long lastSeq() {
    return last == null ? -1 : last.seq();
  }

  /** Between the first and the last frame with an event. */
  double seconds() {
    return first == null ? 0 : secondsOf(last) - secondsOf(first);
  }

  static double secondsOf(FrameEvent event) {
    return (double) event.pts() * event.timeBase().numerator() / event.timeBase().denominator();
  }
}
