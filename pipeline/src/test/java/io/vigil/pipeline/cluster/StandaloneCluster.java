package io.vigil.pipeline.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

  private final Path home;
  private final int restPort = freePort();
  private final List<Process> processes = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Process taskManager;

  /**
   * @param home with Flink's jars and those that wrap native code in {@code lib}
   */
  StandaloneCluster(Path home) throws IOException {
    this.home = home;
    Files.createDirectories(home.resolve("conf"));
    Files.createDirectories(home.resolve("log"));
    Files.writeString(home.resolve("conf/config.yaml"), configuration(freePort()));
    Files.writeString(home.resolve("conf/log4j.properties"), logging());
    processes.add(
        java(
            "jobmanager",
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
    startTaskManager();
    awaitRest();
  }

  void startTaskManager() throws IOException {
    taskManager = java("taskmanager", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
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
    var client = start("client", "org.apache.flink.client.cli.CliFrontend", all);
    if (!client.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      client.destroyForcibly();
      throw new IOException("flink %s: not done in %s%n%s".formatted(action, limit, tails()));
    }
    if (client.exitValue() != 0) {
      throw new IOException("flink %s: %d%n%s".formatted(action, client.exitValue(), tails()));
    }
    return Files.readString(home.resolve("log/client.out"));
  }

  /** As Flink calls it: RUNNING, FINISHED. */
  String state(String job) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:%d/jobs/%s/status".formatted(restPort, job));
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return answer.replaceAll(".*\"status\":\"([A-Z]+)\".*", "$1");
  }

  private String tails() throws IOException {
    return tail("client") + "\n" + tail("taskmanager");
  }

  /** The last lines that a process printed or logged. */
  String tail(String process) throws IOException {
    var lines = new ArrayList<String>();
    for (var suffix : List.of(".out", ".log")) {
      var file = home.resolve("log").resolve(process + suffix);
      if (Files.exists(file)) {
        var all = Files.readAllLines(file);
        lines.addAll(all.subList(Math.max(0, all.size() - 60), all.size()));
      }
    }
    return String.join("\n", lines);
  }

  private Process java(String name, String mainClass) throws IOException {
    return start(name, mainClass, List.of("--configDir", home.resolve("conf").toString()));
  }

  private Process start(String name, String mainClass, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    // The distribution's own config.yaml opens these and more; its client needs the first
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Dlog4j.configurationFile=" + home.resolve("conf/log4j.properties"));
    command.add("-Dlog.file=" + home.resolve("log").resolve(name + ".log"));
    command.addAll(List.of("-cp", home.resolve("lib") + "/*", mainClass));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().put("FLINK_CONF_DIR", home.resolve("conf").toString());
    // As the README asks for, where there is no jemalloc
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.redirectErrorStream(true);
    builder.redirectOutput(home.resolve("log").resolve(name + ".out").toFile());
    return builder.start();
  }

  /** Memory is told in full: a distribution's shell scripts would work it out. */
  private String configuration(int rpcPort) {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        rest.address: 127.0.0.1
        rest.port: %d
        taskmanager.host: 127.0.0.1
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 2
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 128m
        taskmanager.memory.task.heap.size: 512m
        taskmanager.memory.task.off-heap.size: 512m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 0m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 192m
        taskmanager.memory.jvm-overhead.max: 192m
        # A task manager that is killed is given up after seconds, not after a minute
        heartbeat.interval: 1000
        heartbeat.timeout: 8000
        restart-strategy.type: fixed-delay
        restart-strategy.fixed-delay.attempts: 100
        restart-strategy.fixed-delay.delay: 1 s
        execution.checkpointing.dir: %s
        """
        .formatted(rpcPort, restPort, home.resolve("checkpoints").toUri());
  }

  private static String logging() {
    return """
        rootLogger.level = INFO
        rootLogger.appenderRef.file.ref = file
        appender.file.name = file
        appender.file.type = File
        appender.file.fileName = ${sys:log.file}
        appender.file.layout.type = PatternLayout
        appender.file.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} %m%n%ex
        """;
  }

  private void awaitRest() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (!answers(restPort)) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("the job manager did not start\n" + tail("jobmanager"));
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

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }
}
