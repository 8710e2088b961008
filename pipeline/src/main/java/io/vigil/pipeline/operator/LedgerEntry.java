package io.vigil.pipeline.operator;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has become of the frames of a stream's session until a checkpoint.
 *
 * @param detected frames whose event has been sent
 * @param dropped frames that gave way here, by reason
 * @param failed frames that were failed on here, by stage
 * @param ended whether the session is over and the entry only says so to older copies of itself
 */
record LedgerEntry(
    String streamId,
    String session,
    long detected,
    SortedMap<String, Long> dropped,
    SortedMap<String, Long> failed,
    boolean ended) {

  LedgerEntry {
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
  }

  /** The later of two states of one session: its counts only grow. */
  LedgerEntry merge(LedgerEntry other) {
    return new LedgerEntry(
        streamId,
        session,
        Math.max(detected, other.detected),
        greater(dropped, other.dropped),
        greater(failed, other.failed),
        ended || other.ended);
  }

  private static SortedMap<String, Long> greater(
      SortedMap<String, Long> first, SortedMap<String, Long> second) {
    var merged = new TreeMap<>(first);
    second.forEach((key, count) -> merged.merge(key, count, Math::max));
    return merged;
  }
}
