package io.vigil.pipeline.cli;

import io.vigil.faults.RtspServer;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * What tries Vigil out: in a folder of its own, for brokers and checkpoints, which is gone
 * afterwards, with a verdict.
 */
@FunctionalInterface
interface Trial {

  /** Returns whether what was wanted held. */
  boolean run(Path folder, PrintWriter out) throws Exception;

  /**
   * @param name of the command
   * @return the exit code
   */
  static int run(String name, Console console, LogOptions logs, Trial trial) throws Exception {
    try (var folder = new TemporaryFolder("vigil-" + name)) {
      logs.apply(folder.path().resolve("vigil.log"));
      boolean good = trial.run(folder.path(), new PrintWriter(console.out(), true));
      return (good ? ExitCode.DONE : ExitCode.PARTLY).code();
    }
  }

  static void requireRtspServer() {
    if (!RtspServer.isInstalled()) {
      throw new CommandException(ExitCode.USAGE, RtspServer.INSTALL);
    }
  }
}
