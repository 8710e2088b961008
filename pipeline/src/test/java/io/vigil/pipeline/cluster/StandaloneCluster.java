package io.vigil.pipeline.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
    processes.add(java("taskmanager", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"));
    awaitRest();
  }

  /** {@code flink run ARGUMENTS}; its exit code. What it says goes to log/client.out. */
  int run(List<String> arguments, Duration limit) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("run", "-m", "127.0.0.1:" + restPort));
    all.addAll(arguments);
    var client = start("client", "org.apache.flink.client.cli.CliFrontend", all);
    if (!client.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      client.destroyForcibly();
      throw new IOException("flink run did not end within " + limit + "\n" + tail("client"));
    }
    return client.exitValue();
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
