package io.vigil.connectors.frames.record;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Ids of sessions: their producer's, and unless the producer says that one starts, where on the
 * topic it begins. A producer may come back to a session, and two may take turns in a stream; each
 * time it is another session, for the frames of which no event id may be there already.
 */
public final class FrameSessions {

  private static final String PLACE = "~";

  private FrameSessions() {}

  /**
   * The same each time the topic is read.
   *
   * @param first record of the session
   */
  public static String of(ConsumerRecord<?, ?> first, FrameHeaders headers) {
    boolean started = headers.start() && !headers.session().isEmpty();
    return started
        ? headers.session()
        : headers.session() + PLACE + first.partition() + "." + first.offset();
  }

  /** Whether it is one of the producer's session of that name. */
  public static boolean isOf(String session, String named) {
    return session.equals(named)
        || session.startsWith(named + PLACE)
            && session.substring(named.length() + PLACE.length()).matches("\\d+\\.\\d+");
  }
}
