package io.vigil.connectors.frames.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Ids of sessions that their producer gave none: of the record that they begin with. */
public final class FrameSessions {

  private static final int DIGEST_BYTES = 16;

  private FrameSessions() {}

  /** The same each time the topic is read. */
  public static String of(ConsumerRecord<?, ?> first) {
    var place = "%s/%d/%d".formatted(first.topic(), first.partition(), first.offset());
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(place.getBytes(StandardCharsets.UTF_8)), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
