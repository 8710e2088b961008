package io.vigil.connectors.kafka.read;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.events.EventJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed events of a topic, up to those there when it is asked.
 *
 * <pre>{@code
 * try (var events = CommittedEvents.of(connection, "vigil-events")) {
 *   var before = events.endOffsets();
 *   // ... a job runs ...
 *   events.read(before, event -> lines.write(event.value()));
 * }
 * }</pre>
 *
 * <p>Partitions are read one after the other, each in its order, so that the same topic gives the
 * same sequence; memory is bounded by one fetch. Not for use by several threads.
 */
public final class CommittedEvents implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration WAIT = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> committed;
  private final KafkaConnection connection;

  private CommittedEvents(KafkaConnection connection, String topic) {
    this.connection = connection;
    this.topic = topic;
    this.committed = consumer(connection, "read_committed");
  }

  public static CommittedEvents of(KafkaConnection connection, String topic) {
    return new CommittedEvents(connection, topic);
  }

  /** By partition, the offset after its last committed record, as far as no transaction is open. */
  public SortedMap<Integer, Long> endOffsets() {
    return offsets(committed);
  }

  /**
   * Hands over every event that is committed now.
   *
   * @param from offset to begin at, by partition; from the first where there is none
   * @return where a later reading goes on, by partition
   * @throws IllegalStateException if the broker stops answering or a record is not an event
   */
  public SortedMap<Integer, Long> read(
      Map<Integer, Long> from, Consumer<? super CommittedEvent> action) {
    var end = endOffsets();
    end.forEach(
        (partition, last) -> read(partition, from.getOrDefault(partition, 0L), last, action));
    return end;
  }

  /** As {@link #read}, of the whole topic. */
  public SortedMap<Integer, Long> readAll(Consumer<? super CommittedEvent> action) {
    return read(Map.of(), action);
  }

  /**
   * Waits until everything that is on this topic now is committed or aborted, such as what a job
   * wrote that was killed, behind which later events are hidden.
   *
   * @throws TimeoutException if one still is
   */
  public void awaitNoOpenTransaction(Duration timeout) throws TimeoutException {
    long end = System.nanoTime() + timeout.toNanos();
    try (var uncommitted = consumer(connection, "read_uncommitted")) {
      var written = offsets(uncommitted);
      while (!reaches(endOffsets(), written)) {
        if (System.nanoTime() - end > 0) {
          throw new TimeoutException(
              "topic '%s' still has an open transaction after %d s; the broker aborts it when its transaction.timeout.ms is over"
                  .formatted(topic, timeout.toSeconds()));
        }
        LockSupport.parkNanos(WAIT.toNanos());
      }
    }
  }

  private static boolean reaches(Map<Integer, Long> committed, Map<Integer, Long> written) {
    return written.entrySet().stream()
        .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private void read(int partition, long from, long end, Consumer<? super CommittedEvent> action) {
    var part = new TopicPartition(topic, partition);
    committed.assign(List.of(part));
    long first = committed.beginningOffsets(List.of(part)).get(part);
    committed.seek(part, Math.max(from, first));
    long lastProgress = System.nanoTime();
    while (committed.position(part) < end) {
      long before = committed.position(part);
      committed.poll(POLL).records(part).stream()
          .filter(record -> record.offset() < end)
          .forEach(record -> action.accept(event(record)));
      if (committed.position(part) > before) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "topic '%s', partition %d: nothing more came after offset %d of %d for %d s; is the broker still there?"
                .formatted(topic, partition, before, end, PATIENCE.toSeconds()));
      }
    }
  }

  private CommittedEvent event(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new CommittedEvent(
          record.topic(),
          record.partition(),
          record.offset(),
          record.timestamp(),
          record.value(),
          EventJson.read(record.value()));
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "topic '%s', partition %d, offset %d: not an event of Vigil (%s); use a topic that only Vigil writes to"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  private SortedMap<Integer, Long> offsets(KafkaConsumer<byte[], byte[]> consumer) {
    var partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    var offsets = new TreeMap<Integer, Long>();
    consumer
        .endOffsets(partitions)
        .forEach((part, offset) -> offsets.put(part.partition(), offset));
    return offsets;
  }

  static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection connection, String isolation) {
    var own =
        Map.of(
            "isolation.level", isolation,
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "allow.auto.create.topics", "false");
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(connection.properties(own), bytes, bytes);
  }

  @Override
  public void close() {
    committed.close();
  }
}
