package io.vigil.pipeline.cli;

import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.BrokerException;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.KafkaConfig;
import io.vigil.pipeline.job.EventOutput;
import io.vigil.pipeline.job.JobSinks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Kafka that a run writes to: the one that was given, or a broker in this process.
 *
 * @param broker in this process, if there is one
 */
record LocalKafka(Optional<EmbeddedBroker> broker, KafkaConnection connection, EventTopics topics)
    implements AutoCloseable {

  private static final Duration OWN_BROKER = Duration.ofMinutes(2);

  /**
   * @param data where a broker in this process keeps its data
   */
  static LocalKafka open(KafkaConfig config, Path data) {
    var topics = EventOutput.topics(config);
    var properties = config.properties().values();
    if (config.bootstrapServers().isPresent()) {
      var connection = new KafkaConnection(config.bootstrapServers().get(), properties);
      return new LocalKafka(Optional.empty(), connection, topics);
    }
    var broker = EmbeddedBroker.at(data).start();
    return new LocalKafka(
        Optional.of(broker), KafkaConnection.to(broker.bootstrapServers()), topics);
  }

  /** Why the broker in this process died, if it did. */
  Optional<BrokerException> failure() {
    return broker.flatMap(EmbeddedBroker::failure);
  }

  /**
   * The run's sinks, after Kafka was asked whether it will work.
   *
   * @param runId of this run and no other: the prefix of its transactions
   * @throws io.vigil.connectors.kafka.check.KafkaCheckException with all that would have stopped it
   */
  JobSinks sinks(JobConfig config, String runId) {
    // A broker that was started a moment ago makes its first transaction on the same busy cores
    return broker.isPresent()
        ? EventOutput.sinks(connection, config, runId, OWN_BROKER)
        : EventOutput.sinks(connection, config, runId);
  }

  /** Where the topics end now, by topic and partition. */
  Map<String, Map<Integer, Long>> offsets() {
    var offsets = new LinkedHashMap<String, Map<Integer, Long>>();
    for (var topic : topics.all()) {
      try (var events = CommittedEvents.of(connection, topic)) {
        offsets.put(topic, events.endOffsets());
      }
    }
    return offsets;
  }

  @Override
  public void close() {
    broker.ifPresent(EmbeddedBroker::close);
  }
}
