package io.vigil.pipeline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Sums up a job's counters over its subtasks, takes the earliest of gauges whose name begins with
 * {@code first}, and writes them to a file when the cluster closes.
 */
public final class StageReporter implements MetricReporter {

  private static final String FILE = "file";
  private static final String EARLIEST = "first";

  private final Map<String, Long> totals = new TreeMap<>();
  private Path file;

  /** Found by Flink through its name in {@code META-INF/services}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new StageReporter();
    }
  }

  /** Makes a cluster of this configuration report to the file. */
  static void configure(Configuration configuration, Path file) {
    configuration.setString("metrics.reporters", "stages");
    configuration.setString("metrics.reporter.stages.factory.class", Factory.class.getName());
    configuration.setString("metrics.reporter.stages." + FILE, file.toString());
  }

  @Override
  public void open(MetricConfig config) {
    file = Path.of(config.getString(FILE, null));
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    // counted when it is complete
  }

  @Override
  public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      totals.merge(name, counter.getCount(), Long::sum);
    } else if (metric instanceof Gauge<?> gauge
        && name.startsWith(EARLIEST)
        && gauge.getValue() instanceof Long time
        && time != 0) {
      totals.merge(name, time, Math::min);
    }
  }

  @Override
  public synchronized void close() {
    var properties = new Properties();
    totals.forEach((name, total) -> properties.setProperty(name, total.toString()));
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
