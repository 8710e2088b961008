package io.vigil.events;

import io.vigil.events.FrameEvent.CaptureTime;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.events.FrameEvent.ModelRef;
import io.vigil.events.FrameEvent.TimeBase;
import io.vigil.events.StreamEvent.Ledger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One event of each kind, with every field filled. */
final class Samples {
  static final String ID = "0123456789abcdef0123456789abcdef";
  static final TimeBase TIME_BASE = new TimeBase(1, 90000);
  static final ModelRef MODEL = new ModelRef("efficientdet-d0", "ab".repeat(32), "coco");

  private Samples() {}

  static FrameEvent frame(CaptureTime captureTime, DetectedObject... detections) {
    return new FrameEvent(
        ID,
        "gate \"3\" é",
        "s1",
        7,
        21000,
        TIME_BASE,
        captureTime,
        1920,
        1080,
        List.of(detections),
        MODEL);
  }

  static DetectedObject detection(double score, double x1, double y1, double x2, double y2) {
    return new DetectedObject(3, "car", score, x1, y1, x2, y2);
  }

  static FailedFrame failedFrame() {
    return new FailedFrame(ID, "gate", "s1", 8, 24000, TIME_BASE, "letterbox", "no such matrix");
  }

  static StreamEvent stream(StreamEvent.Kind kind) {
    var ledger =
        new Ledger(
            10,
            6,
            new TreeMap<>(Map.of("sampling", 2L, "range", 1L)),
            new TreeMap<>(Map.of("letterbox", 1L)));
    return new StreamEvent(ID, "gate", "s1", kind, ledger, "");
  }

  static StreamEvent gap() {
    return new StreamEvent(
        ID,
        "gate",
        "s1",
        StreamEvent.Kind.GAP,
        new Ledger(0, 0, new TreeMap<>(), new TreeMap<>()),
        "",
        new StreamEvent.Gap(1_790_000_000_000L, 1_790_000_002_000L, 49));
  }
}
