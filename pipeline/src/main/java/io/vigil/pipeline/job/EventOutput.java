package io.vigil.pipeline.job;

import io.vigil.connectors.frames.dead.DeadLetters;
import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.pipeline.config.FramesConfig;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.KafkaConfig;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;

/** Where a job's events go. */
public final class EventOutput {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** Of a larger record only its headers are kept; it is still where it came from. */
  private static final int LARGEST_DEAD_LETTER = 40 << 20;

  /** Kafka's default for {@code max.message.bytes}. */
  private static final long KAFKAS_USUAL_BYTES = 1 << 20;

  private EventOutput() {}

  public static EventTopics topics(KafkaConfig config) {
    return new EventTopics(config.topic(), config.streamsTopic(), config.failedTopic());
  }

  /** How to reach the Kafka that was given. */
  public static KafkaConnection connection(KafkaConfig config) {
    return new KafkaConnection(
        config.bootstrapServers().orElseThrow(), config.properties().values());
  }

  /**
   * A job's sinks, after Kafka was asked whether they will work.
   *
   * @param jobId of this job and no other, the same when it goes on from a checkpoint: the prefix
   *     of its transactions
   * @throws io.vigil.connectors.kafka.check.KafkaCheckException with all that would have stopped it
   */
  public static JobSinks sinks(KafkaConnection connection, JobConfig config, String jobId) {
    return sinks(connection, config, jobId, ANSWER);
  }

  /** As the other, for a Kafka that may take its time. */
  public static JobSinks sinks(
      KafkaConnection connection, JobConfig config, String jobId, Duration limit) {
    var asked = config.kafka();
    var topics = topics(asked);
    var checks =
        KafkaChecks.of(connection, topics, delivery(asked, jobId))
            .createTopics(asked.partitions(), asked.replicas())
            .within(limit)
            .checkpointInterval(config.checkpoints().interval());
    config
        .frames()
        .ifPresent(
            frames ->
                checks
                    .reading(frames.topic(), config.parallelism())
                    .writingLarge(frames.deadLetterTopic(), LARGEST_DEAD_LETTER));
    var facts = checks.run();
    var events = EventSink.of(connection, topics, facts.delivery());
    return new JobSinks(
        events, config.frames().map(frames -> deadLetters(connection, frames, facts)));
  }

  private static Sink<VideoRecord> deadLetters(
      KafkaConnection connection, FramesConfig frames, KafkaChecks.Facts facts) {
    long most = facts.mostBytes().getOrDefault(frames.deadLetterTopic(), KAFKAS_USUAL_BYTES);
    return DeadLetters.sink(
        connection,
        frames.deadLetterTopic(),
        (int) Math.min(most, LARGEST_DEAD_LETTER),
        facts.delivery());
  }

  private static Delivery delivery(KafkaConfig config, String jobId) {
    return switch (config.delivery()) {
      case EXACTLY_ONCE -> new Delivery.ExactlyOnce(jobId);
      case AT_LEAST_ONCE -> new Delivery.AtLeastOnce();
    };
  }
}
