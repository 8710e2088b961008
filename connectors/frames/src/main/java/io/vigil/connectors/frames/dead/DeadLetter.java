package io.vigil.connectors.frames.dead;

import io.vigil.connectors.frames.record.FrameHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record of a dead-letter topic. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

  /**
   * Of a session that may be over when it is put back: without them it belongs to the one that is
   * open then, and begins none and ends none.
   */
  private static final Set<String> NOT_PUT_BACK = Set.of(FrameHeaders.SESSION, FrameHeaders.START);

  /** Where it is: partition/offset. */
  public String place() {
    return record.partition() + "/" + record.offset();
  }

  /** Where its record came from: topic/partition/offset. */
  public String origin() {
    return "%s/%s/%s"
        .formatted(topic(), text(DeadLetterHeaders.PARTITION), text(DeadLetterHeaders.OFFSET));
  }

  public String topic() {
    return text(DeadLetterHeaders.TOPIC);
  }

  public String reason() {
    return text(DeadLetterHeaders.REASON);
  }

  /** As its headers say, or its key; empty if neither does. */
  public String stream() {
    var told = text(FrameHeaders.STREAM);
    return told.isEmpty() ? text(DeadLetterHeaders.STREAM) : told;
  }

  /** The letter that this one says was put back; empty for a letter. */
  Optional<String> putBack() {
    return Optional.of(text(DeadLetterHeaders.PUT_BACK)).filter(place -> !place.isEmpty());
  }

  boolean isLetter() {
    return !topic().isEmpty();
  }

  /** Whether its value was too large to be kept. */
  public boolean valueLeftOut() {
    return !text(DeadLetterHeaders.LEFT_OUT).isEmpty();
  }

  private String text(String header) {
    var found = record.headers().lastHeader(header);
    return found == null || found.value() == null
        ? ""
        : new String(found.value(), StandardCharsets.UTF_8);
  }

  /**
   * The record as it was.
   *
   * @param rekeyed whether its key becomes the stream that its headers name
   */
  ProducerRecord<byte[], byte[]> original(String topic, boolean rekeyed) {
    var key = rekeyed ? stream().getBytes(StandardCharsets.UTF_8) : record.key();
    var original = new ProducerRecord<>(topic, key, record.value());
    for (var header : record.headers()) {
      boolean own = header.key().startsWith(DeadLetterHeaders.PREFIX);
      if (!own && !NOT_PUT_BACK.contains(header.key())) {
        original.headers().add(header);
      }
    }
    var letter = record.topic() + "/" + place();
    original
        .headers()
        .remove(DeadLetterHeaders.REDRIVEN)
        .add(DeadLetterHeaders.REDRIVEN, letter.getBytes(StandardCharsets.UTF_8));
    return original;
  }

  /** Tells, in the letter's own topic, that it was put back. */
  ProducerRecord<byte[], byte[]> receipt() {
    var receipt =
        new ProducerRecord<byte[], byte[]>(record.topic(), record.partition(), null, null);
    receipt.headers().add(DeadLetterHeaders.PUT_BACK, place().getBytes(StandardCharsets.UTF_8));
    return receipt;
  }
}
