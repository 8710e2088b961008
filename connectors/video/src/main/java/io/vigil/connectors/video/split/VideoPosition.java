package io.vigil.connectors.video.split;

/**
 * How far a stream was read, and what was counted until then. Immutable; the reader makes a new one
 * for every frame, so that the position of a record that was emitted is never ahead of it.
 *
 * @param phase of the stream
 * @param session empty while {@code NEW}
 * @param nextSeq of the next frame to come; so also the frames decoded until now
 * @param firstPts of the frame with seq 0, in units of the file's time base
 * @param lastPts of the last frame
 * @param distinctPts every pts until now came from the file and was greater than the one before;
 *     only then does a pts tell which frame it is
 * @param lastSlot of the sampling, in which a frame was taken; -1 before the first
 * @param timestamp of the last record, milliseconds; never decreases
 * @param counts what became of the frames decoded
 */
public record VideoPosition(
    Phase phase,
    String session,
    long nextSeq,
    long firstPts,
    long lastPts,
    boolean distinctPts,
    long lastSlot,
    long timestamp,
    FrameCounts counts) {

  /** Of a stream, in this order. */
  public enum Phase {
    /** Nothing was emitted. */
    NEW,
    /** {@code CONNECTED} was emitted. */
    READING,
    /** {@code ENDED} or {@code FAILED} was emitted, and nothing follows. */
    FINISHED
  }

  public static final VideoPosition START =
      new VideoPosition(Phase.NEW, "", 0, 0, 0, true, -1, 0, FrameCounts.NONE);

  public VideoPosition connected(String newSession) {
    return in(Phase.READING, newSession);
  }

  public VideoPosition finished(String newSession) {
    return in(Phase.FINISHED, newSession);
  }

  private VideoPosition in(Phase newPhase, String newSession) {
    return new VideoPosition(
        newPhase, newSession, nextSeq, firstPts, lastPts, distinctPts, lastSlot, timestamp, counts);
  }

  /**
   * Behind one more frame.
   *
   * @param exactPts the pts came from the file
   * @param slot of the sampling, if it was taken; else the last one
   * @param frameTimestamp milliseconds
   */
  public VideoPosition after(
      long pts, boolean exactPts, long slot, long frameTimestamp, FrameCounts newCounts) {
    boolean first = nextSeq == 0;
    return new VideoPosition(
        phase,
        session,
        nextSeq + 1,
        first ? pts : firstPts,
        pts,
        distinctPts && exactPts && (first || pts > lastPts),
        slot,
        first ? frameTimestamp : Math.max(timestamp, frameTimestamp),
        newCounts);
  }
}
