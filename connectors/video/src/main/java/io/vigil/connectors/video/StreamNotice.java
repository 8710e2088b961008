package io.vigil.connectors.video;

import java.util.SortedMap;

/**
 * What happened to a stream, with what its reader has counted until then in this session. After
 * {@code ENDED} or {@code FAILED} no record of the session follows.
 *
 * @param decoded frames decoded
 * @param dropped of these, frames passed over in the reader, by reason ({@code sampling}, {@code
 *     range}, {@code overload})
 * @param failed of these, frames that became a {@link FrameFailure}, by stage
 * @param detail for people; why {@code FAILED}, {@code STALLED}, {@code REFUSED} or a camera's
 *     {@code ENDED}, else empty
 * @param gap null unless {@code GAP}
 */
public record StreamNotice(
    String streamId,
    String session,
    Kind kind,
    long decoded,
    SortedMap<String, Long> dropped,
    SortedMap<String, Long> failed,
    String detail,
    FrameGap gap)
    implements VideoRecord {

  public enum Kind {
    CONNECTED,
    ENDED,
    FAILED,
    /** No frame for longer than the camera's limit; the session may go on. */
    STALLED,
    /** Frames are missing before the next one. */
    GAP,
    /** As {@code CONNECTED}, of a camera that was connected to before. */
    RECONNECTED,
    /** A definition of the stream is not taken; if there is a stream, it goes on as it was. */
    REFUSED
  }

  /** Of any kind but {@code GAP}. */
  public StreamNotice(
      String streamId,
      String session,
      Kind kind,
      long decoded,
      SortedMap<String, Long> dropped,
      SortedMap<String, Long> failed,
      String detail) {
    this(streamId, session, kind, decoded, dropped, failed, detail, null);
  }
}
