package io.vigil.connectors.frames.record;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Ids of sessions: their producer's, and where on the topic they begin. A producer may come back to
 * a session, and two may take turns in a stream; each time it is another session, for the frames of
 * which no event id may be there already.
 */
public final class FrameSessions {

  private static final char PLACE = '~';

  private FrameSessions() {}

  /**
   * The same each time the topic is read.
   *
   * @param first record of the session
   */
  public static String of(ConsumerRecord<?, ?> first, FrameHeaders headers) {
    return headers.session() + PLACE + first.partition() + "." + first.offset();
  }

  /** Whether it is one of the producer's session of that name. */
  public static boolean isOf(String session, String named) {
    return session.substring(0, Math.max(0, session.lastIndexOf(PLACE))).equals(named);
  }
}
