package io.vigil.pipeline.cli;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the logs of Flink, Kafka and Vigil go: into a file, and with {@code --verbose} to the
 * terminal too. To be told before the first logger is made; {@code vigil-log4j2.xml} reads it.
 */
final class Logs {
  private Logs() {}

  static void to(Path file, String level, boolean terminal) {
    var name = level.toUpperCase(Locale.ROOT);
    System.setProperty("vigil.log.file", file.toString());
    System.setProperty("vigil.log.level", name);
    System.setProperty("vigil.log.terminal", terminal ? name : "OFF");
  }
}
