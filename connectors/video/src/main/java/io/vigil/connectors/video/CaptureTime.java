package io.vigil.connectors.video;

/**
 * When a frame was taken.
 *
 * @param epochMillis since 1970
 * @param clock that it was read from: {@link #RTCP} or {@link #INGEST}
 */
public record CaptureTime(long epochMillis, String clock) {

  /** The camera's own, told in RTCP sender reports. */
  public static final String RTCP = "rtcp";

  /** This machine's, when the frame had been decoded. */
  public static final String INGEST = "ingest";
}
