package io.vigil.pipeline.cluster;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.events.FrameEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The job's jar on a cluster, by Flink's own command line, and the events that it commits. */
final class ClusterJobs {

  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");

  private final StandaloneCluster cluster;
  private final EmbeddedBroker broker;
  private final Path home;
  private final Path jar;
  private final Path video;

  /** A committed event. */
  record Value(String json, FrameEvent frame) {}

  ClusterJobs(StandaloneCluster cluster, EmbeddedBroker broker, Path home, Path jar, Path video) {
    this.cluster = cluster;
    this.broker = broker;
    this.home = home;
    this.jar = jar;
    this.video = video;
  }

  /**
   * A job.yaml.
   *
   * @param more lines of it
   */
  Path config(String name, String topic, String more) throws IOException {
    var yaml = yaml(topic, "[" + video + "]", more, broker);
    return Files.writeString(home.resolve(name + ".yaml"), yaml);
  }

  /**
   * Of a job with the topic's name.
   *
   * @param files a list of YAML
   * @param more lines of it
   */
  static String yaml(String topic, String files, String more, EmbeddedBroker broker) {
    return """
        version: 1
        name: %s
        source:
          files: %s
        %s
        model:
          device: cpu
        kafka:
          bootstrap-servers: %s
          topic: %s
        checkpoints:
          interval: 1s
        """
        .formatted(topic, files, more, broker.bootstrapServers(), topic);
  }

  /** Runs to the end. */
  void run(Path config) throws Exception {
    cluster.flink("run", List.of(jar.toString(), "-c", config.toString()), LIMIT);
  }

  /**
   * Returns when it is submitted.
   *
   * @param options of {@code flink run}
   */
  String submit(Path config, String... options) throws Exception {
    var arguments = new ArrayList<>(List.of("-d"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of(jar.toString(), "-c", config.toString()));
    return found(JOB, cluster.flink("run", arguments, LIMIT));
  }

  /** The savepoint that it is stopped with. */
  String stop(String job) throws Exception {
    var target = home.resolve("savepoints").toUri().toString();
    return found(SAVEPOINT, cluster.flink("stop", List.of("--savepointPath", target, job), LIMIT));
  }

  /** Waits until so many events are committed, of a job that still runs. */
  void awaitEvents(String job, String topic, long events) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (committed(topic) < events) {
      require(System.nanoTime() < end, "%s: no %d events in %s".formatted(topic, events, LIMIT));
      LockSupport.parkNanos(LOOK.toNanos());
    }
    require(cluster.state(job).equals("RUNNING"), topic + ": over before anything happened to it");
  }

  void awaitEnd(String job) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    for (var state = cluster.state(job); !state.equals("FINISHED"); state = cluster.state(job)) {
      require(
          System.nanoTime() < end && !state.equals("FAILED"),
          "job %s is %s%n%s".formatted(job, state, cluster.tail("jobmanager")));
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  List<Value> events(String topic) {
    var values = new ArrayList<Value>();
    try (var events = CommittedEvents.of(connection(), topic)) {
      events.readAll(
          event ->
              values.add(
                  new Value(
                      new String(event.value(), StandardCharsets.UTF_8),
                      (FrameEvent) event.event())));
    }
    return values;
  }

  private long committed(String topic) {
    try (var events = CommittedEvents.of(connection(), topic)) {
      return events.endOffsets().values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private KafkaConnection connection() {
    return KafkaConnection.to(broker.bootstrapServers());
  }

  private static String found(Pattern pattern, String said) {
    var matcher = pattern.matcher(said);
    require(matcher.find(), "no " + pattern + " in\n" + said);
    return matcher.group(1);
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
