package io.vigil.pipeline.cluster;

import io.vigil.pipeline.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with Flink's jars in {@code lib}, and processes of them.
 *
 * @param path has {@code conf} and {@code log} too
 */
record FlinkHome(Path path) {

  /**
   * @param restPort of the job manager
   * @param more lines of Flink's configuration
   */
  static FlinkHome configured(Path path, int restPort, String more) throws IOException {
    Files.createDirectories(path.resolve("conf"));
    Files.createDirectories(path.resolve("log"));
    var home = new FlinkHome(path);
    Files.writeString(
        path.resolve("conf/config.yaml"), home.configuration(FreePort.find(), restPort) + more);
    Files.writeString(path.resolve("conf/log4j.properties"), logging());
    return home;
  }

  /** The last lines that a process printed or logged. */
  String tail(String process) throws IOException {
    var lines = new ArrayList<String>();
    for (var suffix : List.of(".out", ".log")) {
      var file = path.resolve("log").resolve(process + suffix);
      if (Files.exists(file)) {
        var all = Files.readAllLines(file);
        lines.addAll(all.subList(Math.max(0, all.size() - 60), all.size()));
      }
    }
    return String.join("\n", lines);
  }

  Process java(String name, String mainClass) throws IOException {
    return start(name, mainClass, List.of("--configDir", path.resolve("conf").toString()));
  }

  Process start(String name, String mainClass, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    // The distribution's own config.yaml opens these and more; its client needs the first
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Dlog4j.configurationFile=" + path.resolve("conf/log4j.properties"));
    command.add("-Dlog.file=" + path.resolve("log").resolve(name + ".log"));
    command.addAll(List.of("-cp", path.resolve("lib") + "/*", mainClass));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().put("FLINK_CONF_DIR", path.resolve("conf").toString());
    // As the README asks for, where there is no jemalloc
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.redirectErrorStream(true);
    builder.redirectOutput(path.resolve("log").resolve(name + ".out").toFile());
    return builder.start();
  }

  /** Memory is told in full: a distribution's shell scripts would work it out. */
  private String configuration(int rpcPort, int restPort) {
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
        .formatted(rpcPort, restPort, path.resolve("checkpoints").toUri());
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
}
