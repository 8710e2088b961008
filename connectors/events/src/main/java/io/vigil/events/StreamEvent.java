package io.vigil.events;

import java.util.SortedMap;

/**
 * What happened to a stream. A consumer tells an empty street from a dead camera by it.
 *
 * @param kind what happened
 * @param ledger the stream's frames until then, in this session
 * @param detail for people; the reason of a failure, else empty
 */
public record StreamEvent(
    String eventId, String streamId, String session, Kind kind, Ledger ledger, String detail)
    implements Event {

  /** Written in lower case. */
  public enum Kind {
    CONNECTED,
    ENDED,
    FAILED
  }

  /**
   * Every frame is accounted for: decoded = detected + sum of dropped + sum of failed.
   *
   * @param decoded frames decoded; those decoded again after a restore are not counted again
   * @param detected frames whose event was written, with or without detections
   * @param dropped frames passed over, by reason
   * @param failed frames that became a {@link FailedFrame}, by stage
   */
  public record Ledger(
      long decoded,
      long detected,
      SortedMap<String, Long> dropped,
      SortedMap<String, Long> failed) {

    public boolean balances() {
      return decoded == detected + sum(dropped) + sum(failed);
    }

    private static long sum(SortedMap<String, Long> counts) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
