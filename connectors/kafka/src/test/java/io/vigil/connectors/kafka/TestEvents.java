package io.vigil.connectors.kafka;

import io.vigil.events.FailedFrame;
import io.vigil.events.FrameEvent;
import io.vigil.events.FrameEvent.DetectedObject;
import io.vigil.events.FrameEvent.ModelRef;
import io.vigil.events.FrameEvent.TimeBase;
import io.vigil.events.StreamEvent;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Events with something in every field. */
public final class TestEvents {

  private static final TimeBase TIME_BASE = new TimeBase(1, 25);

  private TestEvents() {}

  /** With as many detections as the sequence number modulo 3. */
  public static FrameEvent frame(String stream, long seq) {
    var person = new DetectedObject(1, "person", 0.875, 10, 20, 30.5, 40.5);
    return new FrameEvent(
        "f" + stream + seq,
        stream,
        "session",
        seq,
        seq,
        TIME_BASE,
        null,
        1920,
        1080,
        Collections.nCopies((int) (seq % 3), person),
        new ModelRef("d0", "00ff", "coco"));
  }

  public static FailedFrame failed(String stream, long seq) {
    return new FailedFrame(
        "x" + stream + seq, stream, "session", seq, seq, TIME_BASE, "inference", "no memory");
  }

  public static StreamEvent ended(String stream, long frames) {
    var none = new TreeMap<String, Long>();
    var ledger = new StreamEvent.Ledger(frames, frames, none, none);
    return new StreamEvent("e" + stream, stream, "session", StreamEvent.Kind.ENDED, ledger, "");
  }

  public static List<Long> sequence(long frames) {
    return java.util.stream.LongStream.range(0, frames).boxed().toList();
  }
}
