package io.vigil.pipeline.metrics;

import io.vigil.connectors.video.metrics.VigilMetric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code docs/metrics.md}, of the one list of metrics. */
public final class MetricTable {

  private static final String HEAD =
      """
      # Metrics

      <!-- Made by `./vigil metrics > docs/metrics.md`; a test fails when it is older than the list in VigilMetric. -->

      Every metric that Vigil has, by the name that Flink's Prometheus reporter gives it. `…` stands for
      `flink_taskmanager_job_task_operator_vigil`. All have Flink's own labels (`job_name`, `operator_name`,
      `subtask_index`, `tm_id`, …), and those by stream `stream`, the stream's id. Counters count since the
      operator started in its task, so frames decoded again after a restore count again; the ledger on the streams'
      topic does not. Histograms look back at the last thousand values and come as summaries with the quantiles 0.5,
      0.75, 0.95, 0.98, 0.99 and 0.999, and a count; quantiles of several streams cannot be averaged, take their `max`.
      A stream that has ended is shown until a hundred others have ended.

      Flink's configuration on all machines, for the reporter that its distribution has in `plugins/metrics-prometheus`:

          metrics.reporters: prom
          metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
          metrics.reporter.prom.port: 9249
          metrics.reporter.prom.filterLabelValueCharacters: "false"

      Without the last the streams `gate-1` and `gate.1` are both told as `gate_1`.

      What Prometheus does with it is in `deploy/monitoring`: a dashboard for Grafana, rules for alerts, and a
      configuration for compose. A test holds every name and label in them against running jobs.

      `of` tells which jobs always have it: those that read files, cameras, or frames on Kafka.

      | metric | kind | labels | of | what it tells |
      |---|---|---|---|---|
      """;

  private MetricTable() {}

  /** The whole page. */
  public static String markdown() {
    return HEAD
        + Arrays.stream(VigilMetric.values())
            .map(MetricTable::line)
            .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(VigilMetric metric) {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            metric.prometheusName().replaceFirst("^flink_taskmanager_job_task_operator_vigil", "…"),
            lower(metric.kind()),
            String.join(", ", metric.scope().labels()),
            jobs(metric),
            metric.meaning());
  }

  private static String jobs(VigilMetric metric) {
    var jobs = List.of(VigilMetric.Job.values());
    if (metric.jobs().containsAll(jobs)) {
      return "all";
    }
    return jobs.stream()
        .filter(metric.jobs()::contains)
        .map(MetricTable::lower)
        .collect(Collectors.joining(", "));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
