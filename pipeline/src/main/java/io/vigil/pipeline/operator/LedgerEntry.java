package io.vigil.pipeline.operator;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has become of the frames of a stream's session until a checkpoint.
 *
 * @param detected frames whose event has been sent
 * @param failed frames that were failed on here, by stage
 * @param ended whether the session is over and the entry only says so to older copies of itself
 */
record LedgerEntry(
    String streamId, String session, long detected, SortedMap<String, Long> failed, boolean ended) {

  LedgerEntry {
    failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
  }

  /** The later of two states of one session: its counts only grow. */
  LedgerEntry merge(LedgerEntry other) {
    var merged = new TreeMap<>(failed);
    other.failed.forEach((stage, count) -> merged.merge(stage, count, Math::max));
    return new LedgerEntry(
        streamId, session, Math.max(detected, other.detected), merged, ended || other.ended);
  }
}
