package io.vigil.events;

import java.util.SortedMap;

/**
 * What happened to a stream. A consumer tells an empty street from a dead camera by it.
 *
 * @param kind what happened
 * @param ledger the stream's frames until then, in this session
 * @param detail for people; the reason of a failure, of a stall, of a refusal or of a camera's end,
 *     else empty
 * @param gap what is missing; null unless {@code GAP}
 */
public record StreamEvent(
    String eventId,
    String streamId,
    String session,
    Kind kind,
    Ledger ledger,
    String detail,
    Gap gap)
    implements Event {

  /** Of any kind but {@code GAP}. */
  public StreamEvent(
      String eventId, String streamId, String session, Kind kind, Ledger ledger, String detail) {
    this(eventId, streamId, session, kind, ledger, detail, null);
  }

  /** Written in lower case. */
  public enum Kind {
    CONNECTED,
    /** The last of its session. */
    ENDED,
    /** The last of its session. */
    FAILED,
    /** A camera gives no frames; its session may go on. */
    STALLED,
    /** Frames are missing before the next one. */
    GAP,
    /** As {@code CONNECTED}, of a camera that was connected to before. */
    RECONNECTED,
    /** A definition of the stream is not taken; if there is a stream, it goes on as it was. */
    REFUSED
  }

  /**
   * A time from which no frame came; times are milliseconds since 1970.
   *
   * @param from capture time of the last frame before, or of the connection if none came
   * @param to capture time of the first frame after
   * @param frames that are missing, estimated; 0 if it is not known how many
   */
  public record Gap(long from, long to, long frames) {}

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
