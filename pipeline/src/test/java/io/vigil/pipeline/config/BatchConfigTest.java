package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchConfigTest {

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").batch())
        .isEqualTo(new BatchConfig(4, Duration.ofMillis(50), 1, false));
  }

  @Test
  void everyKey() {
    assertThat(
            Yaml.withAdded("batch: {size: 8, timeout: 20ms, concurrent: 2, padded: true}").batch())
        .isEqualTo(new BatchConfig(8, Duration.ofMillis(20), 2, true));
  }

  @Test
  void refuses() {
    assertThat(Yaml.problemsWithAdded("batch: {size: 0, timeout: 20, concurrent: 17, padded: 8}"))
        .containsExactly(
            "batch.size: 0: must be a whole number from 1 to 256"
                + " (most frames that go through the network at once)",
            "batch.timeout: 20: must be a time with its unit, such as 20ms, 10s or 1m30s"
                + " (longest time that a frame waits for others)",
            "batch.concurrent: 17: must be a whole number from 1 to 16"
                + " (batches that the device computes at once)",
            "batch.padded: 8: must be true or false"
                + " (fill up partial batches, for equal values on a GPU)");
  }
}
