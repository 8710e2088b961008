package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoSource;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.operator.InferenceSettings;
import io.vigil.pipeline.testing.PixelDetector;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {

  private static StreamExecutionEnvironment build(Configuration configuration) {
    var environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    var source =
        VideoSource.builder()
            .addFile("street", Path.of("street.mp4"))
            .setLetterbox(new LetterboxSettings(128, 128, false, Fill.BLACK))
            .build();
    var inference =
        new InferenceSettings(
            PixelDetector.factory(),
            BatchSettings.of(1, Duration.ZERO),
            DetectionSettings.withScore(0.5f));
    DetectionJob.build(environment, source, inference, new DiscardingSink<>());
    return environment;
  }

  @Test
  void whatWouldWriteFramesToACheckpointOrANetworkIsRefusedAtStart() {
    var configuration = new Configuration();
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    configuration.set(PipelineOptions.OPERATOR_CHAINING, false);
    assertThatThrownBy(() -> build(configuration))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            Flink's configuration has 2 problems:
              execution.checkpointing.unaligned.enabled true: unaligned checkpoints store what is \
            in flight, and a frame is half a megabyte; set it to false: aligned checkpoints finish \
            the frames in flight first and stay in kilobytes
              pipeline.operator-chaining.enabled false: without chaining every frame is copied \
            between tasks; set it to true\
            """);
  }

  @Test
  void decodingInferenceAndSendingAreOneTask() {
    var vertices = build(new Configuration()).getStreamGraph().getJobGraph().getVertices();
    assertThat(vertices).hasSize(1);
    assertThat(vertices.iterator().next().getName()).contains("video", "inference", "events");
  }

  @Test
  void checkpointsAreTakenUnlessOtherwiseSaid() {
    assertThat(build(new Configuration()).getCheckpointInterval()).isEqualTo(10_000);
    var configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(3));
    assertThat(build(configuration).getCheckpointInterval()).isEqualTo(3_000);
  }
}
