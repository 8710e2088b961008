package io.vigil.connectors.frames.split;

import io.vigil.connectors.video.decode.TimeBase;
import io.vigil.connectors.video.split.FrameAnchor;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a stream's session was emitted, and what was counted until then. Immutable.
 *
 * @param session its id
 * @param startOffset of the record that opened it
 * @param decoded frames until now; so also the seq of the next
 * @param dropped of these, by reason
 * @param failed of these, by stage
 * @param lastPts of the last frame
 * @param lastMillis of the last frame's record or capture, since 1970; 0 before
 * @param points where decoding can begin again: where it began without a gap, and the last key
 *     frame; none where each record is a picture of its own, or while a key frame is waited for
 * @param anchor the last frame emitted, by which decoding again is checked; null if not known
 * @param gap whether records were lost since
 */
public record StreamPosition(
    String session,
    long startOffset,
    long decoded,
    SortedMap<String, Long> dropped,
    SortedMap<String, Long> failed,
    long lastPts,
    TimeBase timeBase,
    long lastMillis,
    List<DecodingPoint> points,
    FrameAnchor anchor,
    boolean gap) {

  public StreamPosition {
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
    points = List.copyOf(points);
  }

  public static StreamPosition opened(String session, long offset) {
    var none = new TreeMap<String, Long>();
    return new StreamPosition(
        session, offset, 0, none, none, 0, new TimeBase(1, 1000), 0, List.of(), null, false);
  }

  /** Behind one more frame. */
  public StreamPosition after(long pts, TimeBase newTimeBase, long millis) {
    return new StreamPosition(
        session,
        startOffset,
        decoded + 1,
        dropped,
        failed,
        pts,
        newTimeBase,
        millis,
        points,
        null,
        gap);
  }

  /** One more that was passed over. */
  public StreamPosition oneMoreDropped(String reason) {
    return counted(oneMore(dropped, reason), failed);
  }

  /** One more that failed. */
  public StreamPosition oneMoreFailed(String stage) {
    return counted(dropped, oneMore(failed, stage));
  }

  private StreamPosition counted(
      SortedMap<String, Long> newDropped, SortedMap<String, Long> newFailed) {
    return new StreamPosition(
        session,
        startOffset,
        decoded + 1,
        newDropped,
        newFailed,
        lastPts,
        timeBase,
        lastMillis,
        points,
        anchor,
        gap);
  }

  private static SortedMap<String, Long> oneMore(SortedMap<String, Long> counts, String key) {
    var more = new TreeMap<>(counts);
    more.merge(key, 1L, Long::sum);
    return more;
  }

  public StreamPosition withPoints(List<DecodingPoint> newPoints) {
    return with(newPoints, anchor, gap);
  }

  public StreamPosition withAnchor(FrameAnchor newAnchor) {
    return with(points, newAnchor, gap);
  }

  public StreamPosition withGap(boolean newGap) {
    return with(points, anchor, newGap);
  }

  private StreamPosition with(
      List<DecodingPoint> newPoints, FrameAnchor newAnchor, boolean newGap) {
    return new StreamPosition(
        session,
        startOffset,
        decoded,
        dropped,
        failed,
        lastPts,
        timeBase,
        lastMillis,
        newPoints,
        newAnchor,
        newGap);
  }
}
