package io.vigil.pipeline.job;

import io.vigil.connectors.frames.dead.DeadLetters;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.source.VideoRecordSerializer;
import io.vigil.events.Event;
import io.vigil.pipeline.operator.EventType;
import io.vigil.pipeline.operator.InferenceOperatorFactory;
import io.vigil.pipeline.operator.InferenceSettings;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job on one page: a video source, the network, a sink of events.
 *
 * <pre>{@code
 * var environment = StreamExecutionEnvironment.getExecutionEnvironment();
 * DetectionJob.build(environment, source, inference, EventSink.of(connection, topics, delivery));
 * environment.execute("vigil");
 * }</pre>
 *
 * <p>The source and the network are chained, so a frame stays in the task that decoded it. The
 * environment's parallelism says how many streams are decoded at once; all tasks of a process share
 * one detector a device.
 */
public final class DetectionJob {

  private static final Duration IDLE_PARTITION = Duration.ofSeconds(10);

  private DetectionJob() {}

  /**
   * Adds the job to an environment.
   *
   * @throws io.vigil.pipeline.config.ConfigException if the environment is set up in a way that
   *     would write frames to a network or to a checkpoint; names every such setting
   */
  public static void build(
      StreamExecutionEnvironment environment,
      Source<VideoRecord, ?, ?> source,
      InferenceSettings inference,
      Sink<Event> sink) {
    build(environment, source, inference, JobSinks.of(sink));
  }

  /** As the other, of a source that may refuse records. */
  public static void build(
      StreamExecutionEnvironment environment,
      Source<VideoRecord, ?, ?> source,
      InferenceSettings inference,
      JobSinks sinks) {
    FlinkSettings.applyDefaults(environment);
    FlinkSettings.requireFramesStay(environment);
    environment.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    frames(environment, source, sinks)
        .transform("inference", EventType.INSTANCE, new InferenceOperatorFactory(inference))
        .uid("inference")
        .sinkTo(sinks.events())
        .name("events")
        .uid("events");
  }

  private static SingleOutputStreamOperator<VideoRecord> frames(
      StreamExecutionEnvironment environment, Source<VideoRecord, ?, ?> source, JobSinks sinks) {
    boolean ofTopic = sinks.deadLetters().isPresent();
    var monotonous = WatermarkStrategy.<VideoRecord>forMonotonousTimestamps();
    var records =
        environment
            .fromSource(
                source,
                // A partition without records holds the others' watermark back else
                ofTopic ? monotonous.withIdleness(IDLE_PARTITION) : monotonous,
                "video",
                VideoRecordSerializer.TYPE)
            .uid("video");
    if (!ofTopic) {
      return records;
    }
    var frames = DeadLetters.apart(records);
    DeadLetters.of(frames)
        .sinkTo(sinks.deadLetters().get())
        .name("dead letters")
        .uid("dead-letters");
    return frames;
  }
}
