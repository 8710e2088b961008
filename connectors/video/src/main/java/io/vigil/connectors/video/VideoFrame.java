package io.vigil.connectors.video;

import io.vigil.model.detect.Letterbox;

/**
 * A letterboxed frame; the full one never leaves the reader.
 *
 * @param seq from 0, in presentation order, of the frames decoded
 * @param pts presentation time in units of the time base
 * @param timeBaseNumerator of the time base in seconds
 * @param timeBaseDenominator of the time base in seconds
 * @param captureTime null for files
 * @param settings of the stream; what its masks cover is filled
 * @param letterbox where the displayed source picture lies in the model picture
 * @param rgb uint8, [letterbox.height, letterbox.width, 3]; not to be written to
 * @param perishable whether a later frame of the stream may take its place while it waits for a
 *     device that is busy; what can be read again never is
 * @param decodedAt of the decoding process's monotonic clock, nanoseconds; 0 if nobody asks
 */
public record VideoFrame(
    String streamId,
    String session,
    long seq,
    long pts,
    int timeBaseNumerator,
    int timeBaseDenominator,
    CaptureTime captureTime,
    StreamSettings settings,
    Letterbox letterbox,
    byte[] rgb,
    boolean perishable,
    long decodedAt)
    implements VideoRecord {

  /** One that waits for its turn as long as it takes. */
  public VideoFrame(
      String streamId,
      String session,
      long seq,
      long pts,
      int timeBaseNumerator,
      int timeBaseDenominator,
      CaptureTime captureTime,
      StreamSettings settings,
      Letterbox letterbox,
      byte[] rgb) {
    this(
        streamId,
        session,
        seq,
        pts,
        timeBaseNumerator,
        timeBaseDenominator,
        captureTime,
        settings,
        letterbox,
        rgb,
        false,
        0);
  }
}
