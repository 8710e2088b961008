package io.vigil.events;

import java.util.List;

/**
 * What was detected in one frame; written for frames without a detection too.
 *
 * @param seq from 0, in presentation order, of the frames decoded
 * @param pts presentation time in units of the time base
 * @param timeBase in seconds
 * @param captureTime when the camera took it; null for files
 * @param width as displayed: after rotation and pixel aspect
 * @param height as displayed
 */
public record FrameEvent(
    String eventId,
    String streamId,
    String session,
    long seq,
    long pts,
    TimeBase timeBase,
    CaptureTime captureTime,
    int width,
    int height,
    List<DetectedObject> detections,
    ModelRef model)
    implements Event {

  public FrameEvent {
    detections = List.copyOf(detections);
  }

  /** A unit of time: numerator / denominator seconds. */
  public record TimeBase(int numerator, int denominator) {}

  /**
   * Milliseconds since 1970 and the clock they were read from, such as {@code rtcp} or {@code
   * ingest}.
   */
  public record CaptureTime(long epochMillis, String clock) {}

  /** The model that made the detections; digest is the SHA-256 of the model file, hex. */
  public record ModelRef(String name, String digest, String domain) {}

  /**
   * One object; the box is in displayed source pixels, clipped to the picture.
   *
   * @param classId the COCO id, 1 to 90, or the label map's own
   * @param className from the label map
   * @param score in [0, 1], written with 4 decimals
   * @param x1 left, written with 1 decimal, as the others
   */
  public record DetectedObject(
      int classId, String className, double score, double x1, double y1, double x2, double y2) {}
}
