package io.vigil.connectors.camera.split;

/**
 * How far a camera's records have been emitted. A camera cannot be read again, so this is no place
 * to go on from: it closes the books of the last session and tells the gap to the next.
 *
 * @param session the last one; empty before the first
 * @param open the session was connected and its end has not been told
 * @param connectedBefore there was a session that was connected, this one or one before
 * @param counts of the session
 * @param ingestMillis when the last frame of any session came, milliseconds since 1970 of the clock
 *     of the machine that read it; 0 before
 * @param frameMicros usual time between two frames; 0 if not known
 * @param timestamp of the last record, milliseconds; never decreases
 */
public record CameraPosition(
    String session,
    boolean open,
    boolean connectedBefore,
    CameraCounts counts,
    long ingestMillis,
    long frameMicros,
    long timestamp) {

  public static final CameraPosition START =
      new CameraPosition("", false, false, CameraCounts.NONE, 0, 0, 0);

  public CameraPosition connected(String newSession, long newTimestamp) {
    return new CameraPosition(
        newSession, true, true, CameraCounts.NONE, ingestMillis, frameMicros, newTimestamp);
  }

  /** Of a session that may never have been connected. */
  public CameraPosition ended(String ended, CameraCounts more, long newTimestamp) {
    var before = ended.equals(session) ? counts : CameraCounts.NONE;
    return new CameraPosition(
        ended, false, connectedBefore, before.plus(more), ingestMillis, frameMicros, newTimestamp);
  }

  /** Behind a notice that neither begins nor ends a session. */
  public CameraPosition noted(CameraCounts more, long newTimestamp) {
    return new CameraPosition(
        session, open, connectedBefore, counts.plus(more), ingestMillis, frameMicros, newTimestamp);
  }

  /** Behind one more frame, or one that failed. */
  public CameraPosition after(
      CameraCounts more, long newIngestMillis, long newFrameMicros, long newTimestamp) {
    return new CameraPosition(
        session,
        open,
        connectedBefore,
        counts.plus(more),
        newIngestMillis,
        newFrameMicros,
        newTimestamp);
  }
}
