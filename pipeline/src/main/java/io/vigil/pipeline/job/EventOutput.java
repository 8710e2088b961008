package io.vigil.pipeline.job;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.events.Event;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.KafkaConfig;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;

/** Where a job's events go. */
public final class EventOutput {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private EventOutput() {}

  public static EventTopics topics(KafkaConfig config) {
    return new EventTopics(config.topic(), config.streamsTopic(), config.failedTopic());
  }

  /**
   * The events' sink, after Kafka was asked whether it will work.
   *
   * @param jobId of this job and no other, the same when it goes on from a checkpoint: the prefix
   *     of its transactions
   * @throws io.vigil.connectors.kafka.check.KafkaCheckException with all that would have stopped it
   */
  public static Sink<Event> sink(KafkaConnection connection, JobConfig config, String jobId) {
    return sink(connection, config, jobId, ANSWER);
  }

  /** As {@link #sink(KafkaConnection, JobConfig, String)}, for a Kafka that may take its time. */
  public static Sink<Event> sink(
      KafkaConnection connection, JobConfig config, String jobId, Duration limit) {
    var asked = config.kafka();
    var topics = topics(asked);
    var facts =
        KafkaChecks.of(connection, topics, delivery(asked, jobId))
            .createTopics(asked.partitions(), asked.replicas())
            .within(limit)
            .checkpointInterval(config.checkpoints().interval())
            .run();
    return EventSink.of(connection, topics, facts.delivery());
  }

  private static Delivery delivery(KafkaConfig config, String jobId) {
    return switch (config.delivery()) {
      case EXACTLY_ONCE -> new Delivery.ExactlyOnce(jobId);
      case AT_LEAST_ONCE -> new Delivery.AtLeastOnce();
    };
  }
}
