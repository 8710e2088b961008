package io.vigil.connectors.kafka.read;

import io.vigil.connectors.kafka.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The latest value of each key of a topic, followed while it changes.
 *
 * <pre>{@code
 * try (var topic = CompactedTopic.open(connection, "cameras")) {
 *   topic.poll().ifPresent(this::use); // all of it, or nothing if nothing has changed
 * }
 * }</pre>
 *
 * <p>Before the topic was read to where it ended when it was opened, nothing is told: half of it
 * would look as if the rest were not there. One thread at a time.
 */
public final class CompactedTopic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, String> values = new LinkedHashMap<>();

  /** Where the topic ended when it was opened; empty when that has been reached. */
  private Map<TopicPartition, Long> before = Map.of();

  private boolean opened;
  private boolean changed;

  private CompactedTopic(String topic, KafkaConsumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.consumer = consumer;
  }

  /** Asks nothing of Kafka yet. */
  public static CompactedTopic open(KafkaConnection connection, String topic) {
    return new CompactedTopic(topic, CommittedEvents.consumer(connection, "read_committed"));
  }

  /**
   * Takes in what is new.
   *
   * @return values by key, of records without a key by the empty text; empty if nothing has changed
   *     since the last time
   * @throws org.apache.kafka.common.KafkaException if Kafka cannot be asked
   */
  public synchronized Optional<Map<String, String>> poll() {
    assignNewPartitions();
    var records = consumer.poll(POLL);
    while (!records.isEmpty()) {
      records.forEach(this::take);
      records = consumer.poll(POLL);
    }
    before =
        before.entrySet().stream()
            .filter(end -> consumer.position(end.getKey(), ANSWER) < end.getValue())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    if (!before.isEmpty() || !changed) {
      return Optional.empty();
    }
    changed = false;
    return Optional.of(Map.copyOf(values));
  }

  private void assignNewPartitions() {
    var infos = consumer.partitionsFor(topic, ANSWER);
    if (infos == null || infos.isEmpty()) {
      throw new TimeoutException("topic '" + topic + "' is not there");
    }
    Set<TopicPartition> partitions =
        infos.stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .collect(Collectors.toSet());
    var known = consumer.assignment();
    if (!known.containsAll(partitions)) {
      consumer.assign(partitions);
      consumer.seekToBeginning(
          partitions.stream().filter(partition -> !known.contains(partition)).toList());
    }
    if (!opened) {
      before = consumer.endOffsets(List.copyOf(partitions), ANSWER);
      changed = true;
      opened = true;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      values.remove(key);
    } else {
      values.put(key, new String(record.value(), StandardCharsets.UTF_8));
    }
    changed = true;
  }

  /** Ends a poll that is under way. */
  @Override
  public void close() {
    consumer.wakeup();
    synchronized (this) {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    }
  }
}
