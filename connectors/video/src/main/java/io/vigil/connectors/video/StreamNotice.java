package io.vigil.connectors.video;

import java.util.SortedMap;

/**
 * What happened to a stream, with what its reader has counted until then in this session. After
 * {@code ENDED} or {@code FAILED} no record of the session follows.
 *
 * @param decoded frames decoded
 * @param dropped of these, frames passed over in the reader, by reason ({@code sampling}, {@code
 *     range})
 * @param failed of these, frames that became a {@link FrameFailure}, by stage
 * @param detail for people; the reason when {@code FAILED}, else empty
 */
public record StreamNotice(
    String streamId,
    String session,
    Kind kind,
    long decoded,
    SortedMap<String, Long> dropped,
    SortedMap<String, Long> failed,
    String detail)
    implements VideoRecord {

  public enum Kind {
    CONNECTED,
    ENDED,
    FAILED
  }
}
