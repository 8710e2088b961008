package io.vigil.connectors.kafka;

import io.vigil.events.Event;
import io.vigil.events.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An event as a Kafka record: the key is the stream id, the value a pure function of the event. The
 * record's timestamp is when it was written, and headers say how to read it, so that equal input
 * gives equal values.
 */
final class EventRecords
    implements KafkaRecordSerializationSchema<Event>, KafkaDatasetFacetProvider {

  static final String SCHEMA_HEADER = "vigil-schema";
  static final String CONTENT_TYPE_HEADER = "content-type";

  private static final long serialVersionUID = 1L;
  private static final byte[] SCHEMA = bytes(Integer.toString(Event.SCHEMA));
  private static final byte[] CONTENT_TYPE = bytes("application/json");

  private final EventTopics topics;

  EventRecords(EventTopics topics) {
    this.topics = topics;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Event event, KafkaSinkContext context, Long eventTime) {
    var record =
        new ProducerRecord<>(topics.of(event), bytes(event.streamId()), EventJson.write(event));
    record.headers().add(SCHEMA_HEADER, SCHEMA).add(CONTENT_TYPE_HEADER, CONTENT_TYPE);
    return record;
  }

  /** The sink looks in these topics for transactions that a job left open when it died. */
  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics.all())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
