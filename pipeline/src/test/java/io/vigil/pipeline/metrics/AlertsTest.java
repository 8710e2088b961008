package io.vigil.pipeline.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AlertsTest {

  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void eachAlertHasASectionOfTheRunbookThatSaysWhatToDo() throws Exception {
    var runbook = Files.readString(DOCS.resolve("runbook.md"));
    for (var alert : Monitoring.alerts()) {
      var name = alert.get("alert").asText();
      assertThat(alert.at("/annotations/runbook_url").asText())
          .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(runbook.lines())
          .as("a heading of docs/runbook.md")
          .anyMatch(line -> line.matches("#{2,4} " + name));
    }
  }

  /** Told by {@code promtool test rules alerts.test.yml}. */
  @Test
  void eachAlertHasAStoryInWhichItFires() throws Exception {
    var told = Monitoring.alertsOfStories();
    for (var alert : Monitoring.alerts()) {
      assertThat(told).contains(alert.get("alert").asText());
    }
  }

  /** Where there is Prometheus's own tool, which .ci/run fetches. */
  @Test
  void theStoriesGoAsTheyAreTold() throws Exception {
    var promtool = System.getProperty("promtool", "");
    assumeThat(promtool).isNotEmpty();
    var process =
        new ProcessBuilder(promtool, "test", "rules", "alerts.test.yml")
            .directory(Path.of("..", "deploy", "monitoring").toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void anExpressionIsReadAsPrometheusReadsIt() {
    var read =
        PromQl.of(
            "sum by (stream) (rate(a_b{x=\"c_d\", y=~\"$e\"}[$__rate_interval])) / on (z) f > 2e6"
                + " and g{h!=\"\"} offset 5m or vector(0)");
    assertThat(read.metrics()).containsExactlyInAnyOrder("a_b", "f", "g");
    assertThat(read.labels()).containsExactlyInAnyOrder("stream", "x", "y", "z", "h");
  }
}
