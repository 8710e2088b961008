package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraPosition;
import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.FrameGap;

/** What one session leaves to the next; in the camera's thread. */
final class LastFrame {

  private long captureMillis;

  /** That told its time; of one before a restore it is known when it came. */
  private String clock = CaptureTime.INGEST;

  /** When it came, by this machine's clock. */
  private long ingestMillis;

  private boolean connectedBefore;
  private final FramePace pace;

  /** Of a session that was open without a frame, some may have come since. */
  LastFrame(CameraPosition position) {
    boolean frameless = position.open() && position.ingestMillis() == 0;
    ingestMillis = frameless ? position.timestamp() : position.ingestMillis();
    captureMillis = ingestMillis;
    connectedBefore = position.connectedBefore();
    pace = new FramePace(position.frameMicros());
  }

  boolean isKnown() {
    return captureMillis != 0;
  }

  /**
   * What is missing between it and the first frame of the next session. A session's first frames
   * come before its camera has told its clock, which may be a minute ahead: then both ends are when
   * they came.
   *
   * @param nowMillis when that one came, by this machine's clock
   */
  FrameGap gapTo(CaptureTime next, long nowMillis) {
    return clock.equals(next.clock())
        ? pace.gap(captureMillis, next.epochMillis())
        : pace.gap(ingestMillis, nowMillis);
  }

  FramePace pace() {
    return pace;
  }

  /**
   * @param nowMillis when it came, by this machine's clock
   */
  void captured(CaptureTime capture, long nowMillis) {
    captureMillis = capture.epochMillis();
    clock = capture.clock();
    ingestMillis = nowMillis;
  }

  /**
   * @return whether it was before, too
   */
  boolean connected() {
    boolean before = connectedBefore;
    connectedBefore = true;
    return before;
  }
}
