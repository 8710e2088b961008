package io.vigil.pipeline.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How much a command tells of what goes on inside. */
final class LogOptions {
  @Option(
      names = {"-v", "--verbose"},
      description = "Show the log on the terminal, and stack traces of failures.")
  private boolean verbose;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warn, info or debug: what the log tells (warn; info with --verbose).")
  private Level level;

  enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  void apply(Path file) {
    var chosen = level == null ? (verbose ? Level.INFO : Level.WARN) : level;
    Logs.to(file, chosen.name(), verbose);
  }
}
