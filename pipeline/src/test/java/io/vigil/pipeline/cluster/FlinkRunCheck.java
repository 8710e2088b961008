package io.vigil.pipeline.cluster;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.events.FrameEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.LongStream;

/**
 * Proves the job's jar: {@code flink run} on a cluster of real processes, twice in the same task
 * manager, and each run's events on a topic of its own, one a frame, in order, with equal bytes.
 *
 * <p>Arguments: the Flink home, the job's jar, a video, its number of frames. Started by {@code
 * .ci/flink-run-check}.
 */
final class FlinkRunCheck {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private FlinkRunCheck() {}

  public static void main(String[] arguments) throws Exception {
    var home = Path.of(arguments[0]).toAbsolutePath();
    var jar = Path.of(arguments[1]).toAbsolutePath();
    var video = Path.of(arguments[2]).toAbsolutePath();
    long frames = Long.parseLong(arguments[3]);
    requireNothingNative(jar);
    try (var broker = EmbeddedBroker.at(home.resolve("kafka")).start();
        var cluster = new StandaloneCluster(home)) {
      var first = detect(cluster, broker, home, jar, video, "first");
      var second = detect(cluster, broker, home, jar, video, "second");
      requireEveryFrameOnce(first, frames);
      require(
          first.stream()
              .map(Value::json)
              .toList()
              .equals(second.stream().map(Value::json).toList()),
          "two runs of the same video wrote different bytes");
    }
    System.out.printf("flink run: %d frames, twice, the same bytes%n", frames);
    System.exit(0);
  }

  private record Value(String json, FrameEvent frame) {}

  private static List<Value> detect(
      StandaloneCluster cluster,
      EmbeddedBroker broker,
      Path home,
      Path jar,
      Path video,
      String topic)
      throws Exception {
    var config = Files.writeString(home.resolve(topic + ".yaml"), yaml(broker, video, topic));
    int exit = cluster.run(List.of(jar.toString(), "-c", config.toString()), LIMIT);
    require(
        exit == 0,
        "flink run ended with %d%n%s%n%s"
            .formatted(exit, cluster.tail("client"), cluster.tail("taskmanager")));
    var values = new ArrayList<Value>();
    try (var events = CommittedEvents.of(KafkaConnection.to(broker.bootstrapServers()), topic)) {
      events.readAll(
          event -> values.add(new Value(new String(event.value()), (FrameEvent) event.event())));
    }
    return values;
  }

  private static String yaml(EmbeddedBroker broker, Path video, String topic) {
    return """
        version: 1
        source:
          files: [%s]
        model:
          device: cpu
        kafka:
          bootstrap-servers: %s
          topic: %s
        checkpoints:
          interval: 1s
        parallelism: 1
        """
        .formatted(video, broker.bootstrapServers(), topic);
  }

  private static void requireNothingNative(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      var natives =
          file.stream()
              .map(JarEntry::getName)
              .filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"))
              .toList();
      require(natives.isEmpty(), "native libraries in " + jar + ": " + natives);
    }
  }

  private static void requireEveryFrameOnce(List<Value> values, long frames) {
    var sequence = values.stream().map(value -> value.frame().seq()).toList();
    require(
        sequence.equals(LongStream.range(0, frames).boxed().toList()),
        "expected frames 0 to %d, each once and in order, and found %s"
            .formatted(frames - 1, sequence));
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
