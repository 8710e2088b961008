package io.vigil.pipeline.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;

/** What Prometheus gets of a test's cluster, through Flink's own reporter. */
public record Scrape(List<Series> series) {

  private static final Pattern SERIES = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A line of it. */
  public record Series(String name, Map<String, String> labels, double value) {
    private static Series of(String line) {
      var parts = SERIES.matcher(line);
      if (!parts.matches()) {
        throw new IllegalArgumentException("no line of Prometheus' format: " + line);
      }
      var labels = new HashMap<String, String>();
      if (parts.group(2) != null) {
        LABEL.matcher(parts.group(2)).results().forEach(l -> labels.put(l.group(1), l.group(2)));
      }
      return new Series(parts.group(1), labels, Double.parseDouble(parts.group(3)));
    }
  }

  /** Makes a cluster of this configuration report at the port, as the docs say. */
  public static Configuration reportAt(int port) {
    var configuration = new Configuration();
    configuration.setString("metrics.reporters", "prom");
    configuration.setString(
        "metrics.reporter.prom.factory.class", PrometheusReporterFactory.class.getName());
    configuration.setString("metrics.reporter.prom.port", Integer.toString(port));
    configuration.setString("metrics.reporter.prom.filterLabelValueCharacters", "false");
    return configuration;
  }

  /** Asks once. */
  public static Scrape of(int port) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:%d/metrics".formatted(port)));
    var page = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    return new Scrape(
        page.body()
            .lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .map(Series::of)
            .toList());
  }

  /** Asks until it is as it should be; the test's own time limit ends it otherwise. */
  public static Scrape await(int port, Predicate<Scrape> condition) throws Exception {
    var scrape = of(port);
    while (!condition.test(scrape)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      scrape = of(port);
    }
    return scrape;
  }

  public Set<String> names() {
    return series.stream().map(Series::name).collect(Collectors.toSet());
  }

  public Set<String> labels() {
    return series.stream().flatMap(s -> s.labels().keySet().stream()).collect(Collectors.toSet());
  }

  /** The sum of what has the name and that label. */
  public double sum(String name, String label, String value) {
    return series.stream()
        .filter(one -> one.name().equals(name) && value.equals(one.labels().get(label)))
        .mapToDouble(Series::value)
        .sum();
  }
}
