package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsCommandTest {

  /** So the page is made anew with {@code ./vigil metrics > docs/metrics.md}. */
  @Test
  void printsThePageOfMetrics() throws Exception {
    var run = CommandLineRun.of("metrics");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(Files.readString(Path.of("..", "docs", "metrics.md")));
  }
}
