package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.testing.PixelDetector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.junit.jupiter.api.Test;

class ConfiguredJobTest {

  private static String nameOf(Configuration flink) {
    var config =
        JobConfig.fromOptions(
            Map.of("source.files", List.of("street.mp4"), "name", "doors"), Map.of(), Map.of());
    var environment = StreamExecutionEnvironment.createLocalEnvironment(2, flink);
    try (var detector = PixelDetector.factory().open()) {
      var model = new ModelFiles.Resolved(Path.of("pixels.onnx"), detector.model());
      var files = Map.of("street", Path.of("street.mp4"));
      ConfiguredJob.of(config, files, model)
          .build(environment, JobSinks.of(new DiscardingSink<>()));
    }
    return environment.getStreamGraph().getJobName();
  }

  @Test
  void flinkCallsTheJobByItsNameUnlessItWasToldAnother() {
    assertThat(nameOf(new Configuration())).isEqualTo("doors");
    assertThat(nameOf(new Configuration().set(PipelineOptions.NAME, "gates"))).isEqualTo("gates");
  }

  @Test
  void whatIsToBeReproducibleOnAGpuIsOfOneBatchSize() {
    assertThat(padded("model.gpu-arithmetic", "fast")).isFalse();
    assertThat(padded("model.gpu-arithmetic", "reproducible")).isTrue();
    assertThat(padded("batch.padded", "true")).isTrue();
  }

  private static boolean padded(String key, String value) {
    var files = List.of("street.mp4");
    var config =
        JobConfig.fromOptions(Map.of("source.files", files, key, value), Map.of(), Map.of());
    try (var detector = PixelDetector.factory().open()) {
      var model = new ModelFiles.Resolved(Path.of("pixels.onnx"), detector.model());
      var job = ConfiguredJob.of(config, Map.of("street", Path.of("street.mp4")), model);
      return job.inference().batch().padded();
    }
  }

  @Test
  void camerasAreLookedAtInThePlaceOfFiles() {
    var camera = Map.of("url", "rtsp://127.0.0.1:1/camera");
    var config = JobConfig.fromOptions(Map.of("cameras.gate", camera), Map.of(), Map.of());
    var environment = StreamExecutionEnvironment.createLocalEnvironment(2);
    try (var detector = PixelDetector.factory().open()) {
      var model = new ModelFiles.Resolved(Path.of("pixels.onnx"), detector.model());
      var job = ConfiguredJob.of(config, Map.of(), model);
      assertThat(job.streams()).containsExactly("gate");
      job.build(environment, JobSinks.of(new DiscardingSink<>()));
    }
    var unbounded =
        environment.getTransformations().stream()
            .flatMap(transformation -> transformation.getTransitivePredecessors().stream())
            .filter(SourceTransformation.class::isInstance)
            .map(source -> ((SourceTransformation<?, ?, ?>) source).getBoundedness());
    assertThat(unbounded).containsOnly(Boundedness.CONTINUOUS_UNBOUNDED);
  }
}
