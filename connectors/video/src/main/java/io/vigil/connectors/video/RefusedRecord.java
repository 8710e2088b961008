package io.vigil.connectors.video;

import java.util.List;

/**
 * A record of a topic from which no frame can be made, whole, so that it can be kept and put back.
 *
 * @param streamId that it was meant for, as far as it tells; else empty
 * @param session that the failure was counted in; empty if in none
 * @param failure the frame as failed, where it was counted; null if in no session
 * @param timestamp of the record, milliseconds since 1970
 * @param key null if it has none
 * @param value null if it has none
 * @param stage where it failed, such as {@code record} or {@code decode}
 * @param reason for people: the thing, the rule, the way out
 */
public record RefusedRecord(
    String streamId,
    String session,
    FrameFailure failure,
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte[] key,
    byte[] value,
    List<Header> headers,
    String stage,
    String reason)
    implements VideoRecord {

  public RefusedRecord {
    headers = List.copyOf(headers);
  }

  /**
   * A record's header; a name may be there several times.
   *
   * @param value null if it has none
   */
  public record Header(String name, byte[] value) {}
}
