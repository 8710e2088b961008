package io.vigil.pipeline.job;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.source.VideoRecordSerializer;
import io.vigil.events.Event;
import io.vigil.pipeline.operator.EventType;
import io.vigil.pipeline.operator.InferenceOperatorFactory;
import io.vigil.pipeline.operator.InferenceSettings;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
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
    FlinkSettings.applyDefaults(environment);
    FlinkSettings.requireFramesStay(environment);
    environment.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    environment
        .fromSource(
            source,
            WatermarkStrategy.forMonotonousTimestamps(),
            "video",
            VideoRecordSerializer.TYPE)
        .uid("video")
        .transform("inference", EventType.INSTANCE, new InferenceOperatorFactory(inference))
        .uid("inference")
        .sinkTo(sink)
        .name("events")
        .uid("events");
  }
}
