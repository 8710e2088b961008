package io.vigil.pipeline.cluster;

import static io.vigil.pipeline.cluster.ClusterJobs.require;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.pipeline.testing.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A job manager of one job, highly available by ZooKeeper, is killed together with Kafka. It comes
 * back while Kafka is away, and again when Kafka is there: every event is committed once, and each
 * is, byte for byte, that of a run to which nothing happened.
 *
 * <p>Arguments: a Flink home with the job's jar in {@code lib}, and videos. Started by {@code
 * .ci/high-availability-check}.
 */
final class HighAvailabilityCheck implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int BEFORE = 40;
  private static final String CLUSTER = "-Dhigh-availability.cluster-id=";
  private static final String ENTRY_POINT =
      "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";

  private final FlinkHome home;
  private final List<Path> videos;
  private final List<Process> processes = new ArrayList<>();
  private EmbeddedBroker broker;

  private HighAvailabilityCheck(Path folder, List<Path> videos) throws IOException {
    int zooKeeper = FreePort.find();
    var more =
        """
        high-availability.type: zookeeper
        high-availability.zookeeper.quorum: 127.0.0.1:%d
        high-availability.storageDir: %s
        """
            .formatted(zooKeeper, folder.resolve("high-availability").toUri());
    this.home = FlinkHome.configured(folder, FreePort.find(), more);
    this.videos = videos;
    this.broker = EmbeddedBroker.at(folder.resolve("kafka")).start();
    var data = folder.resolve("zookeeper").toString();
    var port = Integer.toString(zooKeeper);
    var server =
        "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain";
    processes.add(home.start("zookeeper", server, List.of(port, data)));
  }

  public static void main(String[] arguments) throws Exception {
    var paths = java.util.Arrays.stream(arguments).map(Path::of).map(Path::toAbsolutePath).toList();
    try (var check = new HighAvailabilityCheck(paths.get(0), paths.subList(1, paths.size()))) {
      check.run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    taskManager("undisturbed");
    requireEnd(jobManager("undisturbed"), 0);
    var undisturbed = committed("undisturbed");
    System.out.printf("undisturbed: %d events%n", undisturbed.size());

    taskManager("disturbed");
    var first = jobManager("disturbed");
    await(() -> committed("disturbed").size() >= BEFORE);
    first.destroyForcibly().onExit().join();
    int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
    int before = committed("disturbed").size();
    broker.close();
    require(before < undisturbed.size(), "the job was over before anything happened to it");

    requireEnd(jobManager("disturbed"), 1);
    require(
        home.tail("jobmanager").contains("its job's state stays"),
        "it does not say why it ends:\n" + home.tail("jobmanager"));
    System.out.printf("killed after %d events; without Kafka it ends and says why%n", before);

    broker = EmbeddedBroker.at(home.path().resolve("kafka")).port(port).start();
    requireEnd(jobManager("disturbed"), 0);
    require(
        committed("disturbed").equals(undisturbed),
        "%d events, other than the %d of the undisturbed run"
            .formatted(committed("disturbed").size(), undisturbed.size()));
    System.out.println("with Kafka it went on from its checkpoint: the same bytes");
  }

  private void taskManager(String topic) throws IOException {
    var arguments = List.of("--configDir", home.path().resolve("conf").toString(), CLUSTER + topic);
    processes.add(
        home.start(
            "taskmanager", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", arguments));
  }

  private Process jobManager(String topic) throws IOException {
    var yaml = ClusterJobs.yaml(topic, videos.toString(), "parallelism: 1", broker);
    var config = Files.writeString(home.path().resolve(topic + ".yaml"), yaml);
    var arguments =
        List.of(
            "--configDir",
            home.path().resolve("conf").toString(),
            CLUSTER + topic,
            "--job-classname",
            "io.vigil.pipeline.job.DetectionJobMain",
            "--",
            "-c",
            config.toString());
    var process = home.start("jobmanager", ENTRY_POINT, arguments);
    processes.add(process);
    return process;
  }

  private void requireEnd(Process process, int exit) throws Exception {
    require(
        process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS),
        "the job manager does not end:\n" + home.tail("jobmanager"));
    require(
        process.exitValue() == exit,
        "the job manager ended with %d and not %d:%n%s"
            .formatted(process.exitValue(), exit, home.tail("jobmanager")));
  }

  private void await(java.util.function.BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      require(System.nanoTime() < end, "nothing came:\n" + home.tail("jobmanager"));
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** In the order of the topic. */
  private List<String> committed(String topic) {
    var values = new ArrayList<String>();
    var connection = KafkaConnection.to(broker.bootstrapServers());
    try (var events = CommittedEvents.of(connection, topic)) {
      events.readAll(event -> values.add(new String(event.value(), StandardCharsets.UTF_8)));
    } catch (RuntimeException notThereYet) {
      return List.of();
    }
    return values;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    broker.close();
  }
}
