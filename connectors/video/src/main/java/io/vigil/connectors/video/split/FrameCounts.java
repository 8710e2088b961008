package io.vigil.connectors.video.split;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the frames that were decoded and not emitted as frames.
 *
 * @param sampling passed over by sampling
 * @param range before the start of the time range
 * @param letterbox could not be converted
 */
public record FrameCounts(long sampling, long range, long letterbox) {

  public static final FrameCounts NONE = new FrameCounts(0, 0, 0);

  /** Reason of a drop: another frame of the same sampling interval was taken. */
  public static final String SAMPLING = "sampling";

  /** Reason of a drop: before the start of the time range. */
  public static final String RANGE = "range";

  /** Stage of a failure. */
  public static final String LETTERBOX = "letterbox";

  public FrameCounts oneMoreBySampling() {
    return new FrameCounts(sampling + 1, range, letterbox);
  }

  public FrameCounts oneMoreByRange() {
    return new FrameCounts(sampling, range + 1, letterbox);
  }

  public FrameCounts oneMoreFailedLetterbox() {
    return new FrameCounts(sampling, range, letterbox + 1);
  }

  /** By reason; reasons that did not occur are absent. */
  public SortedMap<String, Long> dropped() {
    var dropped = new TreeMap<String, Long>();
    putIfAny(dropped, SAMPLING, sampling);
    putIfAny(dropped, RANGE, range);
    return Collections.unmodifiableSortedMap(dropped);
  }

  /** By stage; stages that did not occur are absent. */
  public SortedMap<String, Long> failed() {
    var failed = new TreeMap<String, Long>();
    putIfAny(failed, LETTERBOX, letterbox);
    return Collections.unmodifiableSortedMap(failed);
  }

  private static void putIfAny(SortedMap<String, Long> counts, String key, long count) {
    if (count > 0) {
      counts.put(key, count);
    }
  }
}
