package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraPosition;

/** What one session leaves to the next; in the camera's thread. */
final class LastFrame {

  private long captureMillis;
  private boolean connectedBefore;
  private final FramePace pace;

  /** Of a session that was open without a frame, some may have come since. */
  LastFrame(CameraPosition position) {
    boolean frameless = position.open() && position.captureMillis() == 0;
    captureMillis = frameless ? position.timestamp() : position.captureMillis();
    connectedBefore = position.connectedBefore();
    pace = new FramePace(position.frameMicros());
  }

  /** From when on frames are missing until the next one; 0 before the first. */
  long captureMillis() {
    return captureMillis;
  }

  FramePace pace() {
    return pace;
  }

  void captured(long epochMillis) {
    captureMillis = epochMillis;
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
