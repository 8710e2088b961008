package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointConfigTest {

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").checkpoints())
        .isEqualTo(
            new CheckpointConfig(
                Duration.ofSeconds(10), Optional.empty(), CheckpointConfig.Mode.ALIGNED));
  }

  @Test
  void everyKey() {
    var yaml = "checkpoints: {interval: 1m, directory: 's3://bucket/vigil', mode: aligned}";
    assertThat(Yaml.withAdded(yaml).checkpoints())
        .isEqualTo(
            new CheckpointConfig(
                Duration.ofMinutes(1),
                Optional.of("s3://bucket/vigil"),
                CheckpointConfig.Mode.ALIGNED));
  }

  @Test
  void refuses() {
    assertThat(Yaml.problemsWithAdded("checkpoints: {interval: 1ms, mode: unaligned}"))
        .containsExactly(
            "checkpoints.interval: 1ms: must be at least 100ms (time between two checkpoints)",
            "checkpoints.mode: unaligned: unaligned checkpoints would store every frame in flight,"
                + " over half a megabyte each; use aligned, which finishes those frames first and"
                + " stays in kilobytes");
  }

  @Test
  void aFoldersPathBecomesTheUriThatFlinkWants() {
    var config = Yaml.withAdded("checkpoints: {directory: /none/./vigil}").checkpoints();
    assertThat(config.directory()).contains("file:///none/vigil");
  }
}
