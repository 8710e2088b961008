package io.vigil.pipeline.job;

import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.Problem;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What a detection job needs of Flink's settings, and what it cannot run with. */
final class FlinkSettings {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  private FlinkSettings() {}

  /** Only where nothing was said: events become visible at checkpoints, so there are some. */
  static void applyDefaults(StreamExecutionEnvironment environment) {
    environment.getConfig().enableObjectReuse();
    if (!environment.getCheckpointConfig().isCheckpointingEnabled()) {
      environment.enableCheckpointing(
          CHECKPOINT_INTERVAL.toMillis(), CheckpointingMode.EXACTLY_ONCE);
    }
  }

  /**
   * To be asked when checkpoints are on: without them Flink takes unaligned ones for off.
   *
   * @throws ConfigException if frames would be written to a network or to a checkpoint
   */
  static void requireFramesStay(StreamExecutionEnvironment environment) {
    var problems = new ArrayList<Problem>();
    if (environment.getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
      problems.add(
          new Problem(
              CheckpointingOptions.ENABLE_UNALIGNED.key() + " true",
              "unaligned checkpoints store what is in flight, and a frame is half a megabyte; set"
                  + " it to false: aligned checkpoints finish the frames in flight first and stay"
                  + " in kilobytes"));
    }
    if (!environment.isChainingEnabled()) {
      problems.add(
          new Problem(
              PipelineOptions.OPERATOR_CHAINING.key() + " false",
              "without chaining every frame is copied between tasks; set it to true"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException("Flink's configuration", problems);
    }
  }
}
