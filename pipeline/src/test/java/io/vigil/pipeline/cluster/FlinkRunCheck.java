package io.vigil.pipeline.cluster;

import static io.vigil.pipeline.cluster.ClusterJobs.require;

import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.pipeline.cluster.ClusterJobs.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.LongStream;

/**
 * Proves the job's jar on a cluster of real processes, by Flink's own command line: run to its end;
 * its task manager killed; stopped with a savepoint and gone on from it with another configuration;
 * restarted a dozen times in one task manager. Each time the committed events are, byte for byte,
 * those of the first run.
 *
 * <p>Arguments: the Flink home, the job's jar, a video, its number of frames. Started by {@code
 * .ci/flink-run-check}.
 */
final class FlinkRunCheck {

  private static final int RESTARTS = 12;

  /** Of these restarts and of a first run alike, so that all of them are equal. */
  private static final int SHORT = 6;

  private final StandaloneCluster cluster;
  private final ClusterJobs jobs;
  private final long frames;
  private List<String> first;

  private FlinkRunCheck(StandaloneCluster cluster, ClusterJobs jobs, long frames) {
    this.cluster = cluster;
    this.jobs = jobs;
    this.frames = frames;
  }

  public static void main(String[] arguments) throws Exception {
    var home = Path.of(arguments[0]).toAbsolutePath();
    var jar = Path.of(arguments[1]).toAbsolutePath();
    var video = Path.of(arguments[2]).toAbsolutePath();
    requireNothingNative(jar);
    try (var broker = EmbeddedBroker.at(home.resolve("kafka")).start();
        var cluster = new StandaloneCluster(home)) {
      var jobs = new ClusterJobs(cluster, broker, home, jar, video);
      var check = new FlinkRunCheck(cluster, jobs, Long.parseLong(arguments[3]));
      check.runsToItsEnd();
      check.outlivesItsTaskManager();
      check.goesOnFromASavepointWithAnotherConfiguration();
      check.isRestartedInOneTaskManager();
    }
    System.exit(0);
  }

  private void runsToItsEnd() throws Exception {
    jobs.run(jobs.config("first", "first", "parallelism: 1"));
    var values = jobs.events("first");
    requireEveryFrameOnce(values);
    first = values.stream().map(Value::json).toList();
    tell("flink run: %d frames, each once and in order", frames);
  }

  private void outlivesItsTaskManager() throws Exception {
    var job = jobs.submit(jobs.config("killed", "killed", "parallelism: 1"));
    jobs.awaitEvents(job, "killed", frames / 4);
    cluster.killTaskManager();
    cluster.startTaskManager();
    jobs.awaitEnd(job);
    requireAsFirst("killed");
    tell("task manager killed and another started: the same bytes");
  }

  private void goesOnFromASavepointWithAnotherConfiguration() throws Exception {
    var before = jobs.config("before", "upgraded", "parallelism: 1");
    var job = jobs.submit(before);
    jobs.awaitEvents(job, "upgraded", frames / 4);
    var savepoint = jobs.stop(job);
    jobs.awaitEnd(job);
    long done = jobs.events("upgraded").size();
    require(done < frames, "the job was over before it was stopped");
    var after = jobs.config("after", "upgraded", "parallelism: 2\nbatch: {size: 2, timeout: 20ms}");
    jobs.awaitEnd(jobs.submit(after, "-s", savepoint));
    requireAsFirst("upgraded");
    tell(
        "stopped with a savepoint after %d frames, gone on with another parallelism and batch: the same bytes",
        done);
  }

  private void isRestartedInOneTaskManager() throws Exception {
    var process = new TaskManagerProcess(cluster.taskManager());
    for (int run = 1; run <= RESTARTS; run++) {
      var topic = "restart-" + run;
      jobs.run(jobs.config(topic, topic, "  end: 0.5s\nparallelism: 1"));
      var values = jobs.events(topic).stream().map(Value::json).toList();
      require(
          values.size() >= SHORT && values.equals(first.subList(0, values.size())),
          "%s: %d events, other than the first run's".formatted(topic, values.size()));
      require(process.handle().isAlive(), topic + ": the task manager is gone");
      tell("restart %d: %d MB resident", run, process.residentMegabytes());
    }
    requireLoadedOnce(process.nativeLibraries());
    long loaders = process.jobClassLoaders();
    // Four of fifteen were seen held, it is not known by what; the leak held every one
    require(
        loaders <= RESTARTS / 2,
        loaders + " class loaders of " + RESTARTS + " jobs are still held");
    tell("restarted %d times: native libraries loaded once, %d class loaders", RESTARTS, loaders);
  }

  private static void requireLoadedOnce(java.util.Set<String> libraries) {
    var names = libraries.stream().map(file -> Path.of(file).getFileName().toString()).toList();
    require(!names.isEmpty(), "no native library is loaded");
    require(
        names.stream().distinct().count() == names.size(), "loaded more than once: " + libraries);
  }

  private void requireAsFirst(String topic) {
    var values = jobs.events(topic).stream().map(Value::json).toList();
    require(
        values.equals(first),
        "%s: %d events, other than the first run's %d"
            .formatted(topic, values.size(), first.size()));
  }

  private void requireEveryFrameOnce(List<Value> values) {
    var sequence = values.stream().map(value -> value.frame().seq()).toList();
    require(
        sequence.equals(LongStream.range(0, frames).boxed().toList()),
        "expected frames 0 to %d, each once and in order, and found %s"
            .formatted(frames - 1, sequence));
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

  private static void tell(String text, Object... arguments) {
    System.out.printf(text + "%n", arguments);
  }
}
