package io.vigil.connectors.video.reader;

/** Time cut into intervals, of each of which one frame is taken. */
public final class SamplingSlots {

  /**
   * Containers and cameras that count in milliseconds put a frame up to half a millisecond early,
   * and cameras jitter; without it, sampling at the stream's own rate would pass frames over.
   */
  private static final double TOLERANCE = 0.05;

  private SamplingSlots() {}

  /**
   * @param seconds from the stream's first frame
   * @param rate frames a second to take
   */
  public static long slot(double seconds, double rate) {
    return (long) Math.floor(seconds * rate + TOLERANCE);
  }
}
