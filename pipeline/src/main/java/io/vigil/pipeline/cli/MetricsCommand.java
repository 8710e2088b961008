package io.vigil.pipeline.cli;

import io.vigil.pipeline.metrics.MetricTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code vigil metrics}. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = "Lists all metrics, by their names in Prometheus, as a page of Markdown.")
final class MetricsCommand implements Callable<Integer> {

  private final Console console;

  MetricsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.print(MetricTable.markdown().stripTrailing());
    return ExitCode.DONE.code();
  }
}
