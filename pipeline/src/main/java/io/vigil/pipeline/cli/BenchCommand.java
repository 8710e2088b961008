package io.vigil.pipeline.cli;

import io.vigil.model.backend.GraphBench;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vigil bench …}: what things cost on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Measures on this machine. What is compared runs in turns, so that whatever else the machine"
          + " does falls on all alike."
    })
final class BenchCommand implements Runnable {
  private final Console console;
  @Spec private CommandSpec spec;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  @Command(
      name = "graph",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "The graph that runs, against the same network with float in and maps out, and that with"
            + " batch norms and pads left in."
      })
  int graph(
      @Option(
              names = "--model",
              paramLabel = "NAME",
              defaultValue = "d0",
              description = "d0 to d7x (d0).")
          String model,
      @Option(
              names = "--batch",
              paramLabel = "N",
              defaultValue = "1",
              description = "Pictures a call (1).")
          int batch,
      @Option(
              names = "--threads",
              paramLabel = "N",
              defaultValue = "2",
              description = "Threads (2).")
          int threads,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "30",
              description = "Rounds (30).")
          int rounds) {
    var name = ModelCommand.named(model.toLowerCase(Locale.ROOT)).name();
    var settings = new GraphBench.Settings(name, threads, batch, rounds);
    console.print(GraphBench.run(settings).text());
    return ExitCode.DONE.code();
  }
}
