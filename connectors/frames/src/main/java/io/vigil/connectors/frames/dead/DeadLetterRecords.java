package io.vigil.connectors.frames.dead;

import io.vigil.connectors.video.RefusedRecord;
import io.vigil.connectors.video.VideoRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A refused record as a dead letter: its own key, value and headers, and above them why it was
 * refused and where it came from. What is too large for the topic is left out, and still where it
 * came from, as long as that topic keeps it.
 */
final class DeadLetterRecords
    implements KafkaRecordSerializationSchema<VideoRecord>, KafkaDatasetFacetProvider {

  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int mostBytes;

  DeadLetterRecords(String topic, int mostBytes) {
    this.topic = topic;
    this.mostBytes = mostBytes;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      VideoRecord element, KafkaSinkContext context, Long eventTime) {
    var refused = (RefusedRecord) element;
    int key = length(refused.key());
    int headers =
        refused.headers().stream()
            .mapToInt(header -> 2 * header.name().length() + length(header.value()))
            .sum();
    boolean keepsHeaders = key + headers <= mostBytes;
    boolean keepsValue = (long) key + headers + length(refused.value()) <= mostBytes;
    var letter =
        new ProducerRecord<>(
            topic, keepsHeaders ? refused.key() : null, keepsValue ? refused.value() : null);
    if (keepsHeaders) {
      // What it has of letters is not this one's: it was one, or would be taken for a receipt.
      refused.headers().stream()
          .filter(header -> !header.name().startsWith(DeadLetterHeaders.PREFIX))
          .forEach(header -> letter.headers().add(header.name(), header.value()));
    }
    describe(refused, letter);
    if (!keepsValue) {
      add(letter, DeadLetterHeaders.LEFT_OUT, Integer.toString(length(refused.value())));
    } else if (refused.value() == null) {
      add(letter, DeadLetterHeaders.NO_VALUE, "true");
    }
    return letter;
  }

  private static void describe(RefusedRecord refused, ProducerRecord<byte[], byte[]> letter) {
    add(letter, DeadLetterHeaders.REASON, refused.reason());
    add(letter, DeadLetterHeaders.STAGE, refused.stage());
    add(letter, DeadLetterHeaders.STREAM, refused.streamId());
    add(letter, DeadLetterHeaders.TOPIC, refused.topic());
    add(letter, DeadLetterHeaders.PARTITION, Integer.toString(refused.partition()));
    add(letter, DeadLetterHeaders.OFFSET, Long.toString(refused.offset()));
    add(letter, DeadLetterHeaders.TIMESTAMP, Long.toString(refused.timestamp()));
  }

  private static void add(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The sink looks in the topic for transactions that a job left open when it died. */
  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
