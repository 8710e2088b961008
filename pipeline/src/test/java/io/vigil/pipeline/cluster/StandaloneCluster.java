package io.vigil.pipeline.cluster;

import io.vigil.pipeline.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Flink cluster of real processes: a job manager and a task manager, and the command line. */
final class StandaloneCluster implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final FlinkHome home;
  private final int restPort = FreePort.find();
  private final List<Process> processes = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Process taskManager;

  /**
   * @param home with Flink's jars and those that wrap native code in {@code lib}
   */
  StandaloneCluster(Path home) throws IOException {
    this.home = FlinkHome.configured(home, restPort, "");
    processes.add(
        this.home.java(
            "jobmanager",
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
    startTaskManager();
    awaitRest();
  }

  void startTaskManager() throws IOException {
    taskManager =
        home.java("taskmanager", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    processes.add(taskManager);
  }

  /** As a machine does that fails: it tells nobody. */
  void killTaskManager() {
    taskManager.destroyForcibly().onExit().join();
  }

  ProcessHandle taskManager() {
    return taskManager.toHandle();
  }

  /**
   * {@code flink ACTION ARGUMENTS}.
   *
   * @return what it says
   * @throws IOException if it fails
   */
  String flink(String action, List<String> arguments, Duration limit)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(action, "-m", "127.0.0.1:" + restPort));
    all.addAll(arguments);
    var client = home.start("client", "org.apache.flink.client.cli.CliFrontend", all);
    if (!client.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      client.destroyForcibly();
      throw new IOException("flink %s: not done in %s%n%s".formatted(action, limit, tails()));
    }
    if (client.exitValue() != 0) {
      throw new IOException("flink %s: %d%n%s".formatted(action, client.exitValue(), tails()));
    }
    return Files.readString(home.path().resolve("log/client.out"));
  }

  /** As Flink calls it: RUNNING, FINISHED. */
  String state(String job) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:%d/jobs/%s/status".formatted(restPort, job));
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return answer.replaceAll(".*\"status\":\"([A-Z]+)\".*", "$1");
  }

  private String tails() throws IOException {
    return home.tail("client") + "\n" + home.tail("taskmanager");
  }

  /** The last lines that a process printed or logged. */
  String tail(String process) throws IOException {
    return home.tail(process);
  }

  private void awaitRest() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (!answers(restPort)) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("the job manager did not start\n" + home.tail("jobmanager"));
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }
}
