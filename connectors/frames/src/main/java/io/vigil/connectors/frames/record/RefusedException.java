package io.vigil.connectors.frames.record;

import io.vigil.connectors.video.split.FrameReasons;

/** No frame can be made from a record; the message is for people. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String stage;

  public RefusedException(String stage, String message) {
    super(message);
    this.stage = stage;
  }

  /** Of a record that is not as it must be. */
  public static RefusedException ofRecord(String message) {
    return new RefusedException(FrameReasons.RECORD, message);
  }

  /** Where it failed: {@code record}, {@code decode} or {@code letterbox}. */
  public String stage() {
    return stage;
  }
}
