package io.vigil.connectors.frames.enumerator;

import io.vigil.connectors.frames.source.StartAt;
import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka for the partitions of the topic. */
final class TopicPartitions implements AutoCloseable {

  private final Admin admin;
  private final String topic;

  TopicPartitions(KafkaConnection connection, String topic) {
    this.topic = topic;
    this.admin = Admin.create(connection.properties(Map.of("client.id", "vigil-frames")));
  }

  /**
   * Those that are not known, each with the offset where reading begins.
   *
   * @param bounded whether it ends with the last record that is there now
   */
  List<FramesSplit> unknown(Set<Integer> known, StartAt startAt, boolean bounded)
      throws ExecutionException, InterruptedException {
    var spec = startAt == StartAt.LATEST ? OffsetSpec.latest() : OffsetSpec.earliest();
    var partitions = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    var unknown =
        partitions.partitions().stream()
            .filter(partition -> !known.contains(partition.partition()))
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    var begins = offsets(unknown, spec);
    var ends = bounded ? offsets(unknown, OffsetSpec.latest()) : Map.<TopicPartition, Long>of();
    return unknown.stream()
        .map(
            part ->
                FramesSplit.unread(
                    topic,
                    part.partition(),
                    begins.get(part),
                    ends.getOrDefault(part, FramesSplit.NO_END)))
        .toList();
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    var asked =
        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
    return admin.listOffsets(asked).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, found -> found.getValue().offset()));
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
