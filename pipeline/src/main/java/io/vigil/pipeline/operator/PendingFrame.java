package io.vigil.pipeline.operator;

import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.StreamLog;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.events.Event;
import io.vigil.events.FrameEvent;
import io.vigil.model.detect.Candidates;
import io.vigil.pipeline.batch.InferenceRequest;
import io.vigil.pipeline.metrics.FrameTimes;

/**
 * A frame in hand. A thread of the batcher makes its event; the task's thread sends it. Its pixels
 * are let go as soon as it is answered.
 */
final class PendingFrame implements Pending, InferenceRequest {
  private final FrameEvents events;
  private final Departure departure;
  private final String stream;
  private final String session;
  private final CaptureTime captureTime;
  private final boolean perishable;
  private VideoFrame frame;
  private boolean superseded;
  private boolean truncated;
  private final long decodedAt;
  private long batchWait;
  private long postProcessing;
  private long answeredAt;
  private volatile Event event;

  PendingFrame(VideoFrame frame, FrameEvents events, Departure departure) {
    this.stream = frame.streamId();
    this.session = frame.session();
    this.captureTime = frame.captureTime();
    this.perishable = frame.perishable();
    this.decodedAt = frame.decodedAt();
    this.frame = frame;
    this.events = events;
    this.departure = departure;
  }

  @Override
  public byte[] rgb() {
    return frame.rgb();
  }

  @Override
  public int height() {
    return frame.letterbox().height();
  }

  @Override
  public int width() {
    return frame.letterbox().width();
  }

  @Override
  public String stream() {
    return stream;
  }

  @Override
  public boolean isPerishable() {
    return perishable;
  }

  @Override
  public void batched(long nanos) {
    batchWait = nanos;
  }

  @Override
  public void succeeded(Candidates candidates) {
    long start = System.nanoTime();
    StreamLog.enter(stream);
    Event detected;
    try {
      detected = events.detected(frame, candidates);
    } finally {
      StreamLog.leave();
    }
    postProcessing = System.nanoTime() - start;
    truncated = detected instanceof FrameEvent && events.mayLackCandidates(frame, candidates);
    answer(detected);
  }

  @Override
  public void failed(RuntimeException cause) {
    answer(events.failed(frame, FrameEvents.INFERENCE, cause));
  }

  @Override
  public void superseded() {
    frame = null;
    superseded = true;
  }

  private void answer(Event answer) {
    frame = null;
    answeredAt = System.nanoTime();
    event = answer;
  }

  @Override
  public boolean isDone() {
    return event != null || superseded;
  }

  @Override
  public void leave() throws Exception {
    departure.leave(this);
  }

  /** Null until it is answered. */
  Event event() {
    return event;
  }

  /** Whether it gave way to a later frame; then there is no event. */
  boolean isSuperseded() {
    return superseded;
  }

  String session() {
    return session;
  }

  boolean isTruncated() {
    return truncated;
  }

  /**
   * What its way took.
   *
   * @param leaving of the monotonic clock, when it was its turn
   */
  FrameTimes times(long leaving) {
    return new FrameTimes(
        decodedAt,
        batchWait,
        postProcessing,
        leaving - answeredAt,
        System.nanoTime() - leaving,
        captureTime);
  }

  /** What happens when it is the frame's turn. */
  @FunctionalInterface
  interface Departure {
    void leave(PendingFrame frame) throws Exception;
  }
}
