package io.vigil.pipeline.cli;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.BrokerException;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.pipeline.config.KafkaConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Kafka that a run writes to: the one that was given, or a broker in this process.
 *
 * @param broker in this process, if there is one
 */
record LocalKafka(Optional<EmbeddedBroker> broker, KafkaConnection connection, EventTopics topics)
    implements AutoCloseable {

  /**
   * @param data where a broker in this process keeps its data
   */
  static LocalKafka open(KafkaConfig config, Path data) {
    var topics = new EventTopics(config.topic(), config.streamsTopic(), config.failedTopic());
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

  static Delivery delivery(KafkaConfig config, String runId) {
    return switch (config.delivery()) {
      case EXACTLY_ONCE -> new Delivery.ExactlyOnce(runId);
      case AT_LEAST_ONCE -> new Delivery.AtLeastOnce();
    };
  }

  @Override
  public void close() {
    broker.ifPresent(EmbeddedBroker::close);
  }
}
