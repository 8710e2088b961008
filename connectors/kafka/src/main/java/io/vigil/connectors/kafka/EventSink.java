package io.vigil.connectors.kafka;

import io.vigil.connectors.kafka.Delivery.AtLeastOnce;
import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.events.Event;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/**
 * Events to Kafka.
 *
 * <pre>{@code
 * var facts = KafkaChecks.of(connection, topics, new ExactlyOnce("vigil-doors")).run();
 * events.sinkTo(EventSink.of(connection, topics, facts.delivery())).uid("events");
 * }</pre>
 *
 * <p>A stream's events stay in order: they have one key, one partition, and an idempotent producer.
 */
public final class EventSink {

  /** For a thousand records a second of about 1 kB; a connection's own properties go first. */
  private static final Map<String, String> TUNING =
      Map.of(
          "linger.ms", "20",
          "batch.size", Integer.toString(256 << 10),
          "compression.type", "lz4");

  /** What the guarantees rest on, whatever a connection says; the checks refuse another value. */
  public static final Map<String, String> GUARANTEES =
      Map.of("acks", "all", "enable.idempotence", "true", "partitioner.ignore.keys", "false");

  /**
   * A job that starts aborts the open transactions on its topics whose ids begin with its prefix:
   * the job "doors" must not take those of the job "doors-2" for its own.
   */
  private static final String PREFIX_END = ":";

  private EventSink() {}

  /** The sink; {@link KafkaChecks} finds out first whether it will work. */
  public static Sink<Event> of(KafkaConnection connection, EventTopics topics, Delivery delivery) {
    return of(connection, new EventRecords(topics), delivery, PREFIX_END, Map.of());
  }

  /**
   * A sink of other records, with the same guarantees.
   *
   * @param records makes Kafka's records; tells the topics as a {@code KafkaDatasetFacetProvider}
   * @param prefixEnd ends the prefix of its transactions: not a colon, which the events have, and
   *     nothing that a job's name may have in it
   * @param own properties of its producer
   */
  public static <T> Sink<T> of(
      KafkaConnection connection,
      KafkaRecordSerializationSchema<T> records,
      Delivery delivery,
      String prefixEnd,
      Map<String, String> own) {
    var properties = producerProperties(connection);
    properties.putAll(own);
    var builder =
        KafkaSink.<T>builder()
            .setBootstrapServers(connection.bootstrapServers())
            .setKafkaProducerConfig(properties)
            .setRecordSerializer(records);
    return new ClosingSink<>(guaranteed(builder, delivery, prefixEnd).build());
  }

  private static <T> KafkaSinkBuilder<T> guaranteed(
      KafkaSinkBuilder<T> builder, Delivery delivery, String prefixEnd) {
    if (delivery instanceof AtLeastOnce) {
      return builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
    }
    var exactly = (ExactlyOnce) delivery;
    return builder
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(exactly.transactionalIdPrefix() + prefixEnd)
        // A new id at each checkpoint would cost the broker memory for a week
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setProperty("transaction.timeout.ms", Long.toString(timeout(exactly).toMillis()));
  }

  private static Duration timeout(ExactlyOnce delivery) {
    return delivery.transactionTimeout().orElse(Delivery.LONGEST_TRANSACTION);
  }

  private static Properties producerProperties(KafkaConnection connection) {
    var properties = new Properties();
    properties.putAll(TUNING);
    properties.putAll(connection.clientProperties());
    properties.putAll(GUARANTEES);
    return properties;
  }
}
