package io.vigil.connectors.video.split;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Why frames that were decoded are not emitted as frames, and how many by each reason. */
public final class FrameReasons {

  /** Of a drop: sampling takes fewer. */
  public static final String SAMPLING = "sampling";

  /** Of a drop: before the start of the time range. */
  public static final String RANGE = "range";

  /** Of a drop: later frames came before it was taken. */
  public static final String OVERLOAD = "overload";

  /** Of a drop: what it needs to be decoded has not come, or was lost. */
  public static final String KEY_FRAME = "keyframe";

  /** Stage of a failure: the record that brought it is not as it must be. */
  public static final String RECORD = "record";

  /** Stage of a failure: it could not be decoded. */
  public static final String DECODE = "decode";

  /** Stage of a failure: it could not be converted. */
  public static final String LETTERBOX = "letterbox";

  private FrameReasons() {}

  /** Reasons that did not occur are absent. */
  public static SortedMap<String, Long> counts(String reason, long count) {
    return counts(reason, count, reason, 0);
  }

  /** Reasons that did not occur are absent. */
  public static SortedMap<String, Long> counts(
      String reason, long count, String other, long otherCount) {
    var counts = new TreeMap<String, Long>();
    if (count > 0) {
      counts.put(reason, count);
    }
    if (otherCount > 0) {
      counts.put(other, otherCount);
    }
    return Collections.unmodifiableSortedMap(counts);
  }
}
