package io.vigil.pipeline.cli;

import io.vigil.faults.Link;
import io.vigil.pipeline.chaos.Chaos;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigil chaos}: faults on purpose. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Brings faults about, one after the other, against a live job of four cameras (GStreamer's"
          + " RTSP server, which has to be installed), its broker and its task managers, and against"
          + " a job that reads files; and looks after each whether what is promised holds."
    },
    footer = {
      "",
      "Exit codes: 0 everything held; 3 something did not. docs/faults.md tells what is looked at."
    })
final class ChaosCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FAULT",
      arity = "0..*",
      description = "Those to bring about; all if none is named.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Tell which there are.")
  private boolean list;

  @Option(
      names = "--exactly-once",
      description = "Write the cameras' events exactly once; at least once otherwise.")
  private boolean exactlyOnce;

  @Mixin private LogOptions logs;

  ChaosCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      Chaos.faults().forEach((name, what) -> console.print("%-28s %s".formatted(name, what)));
      return ExitCode.DONE.code();
    }
    var asked = asked();
    if (asked.stream().anyMatch(name -> !name.startsWith("files-"))) {
      Trial.requireRtspServer();
    }
    return Trial.run(
        "chaos", console, logs, (folder, out) -> new Chaos(folder, exactlyOnce, out).run(asked));
  }

  private Set<String> asked() {
    var known = Chaos.faults().keySet();
    var unknown = names.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s: there is no such fault; there are %s"
              .formatted(String.join(", ", unknown), String.join(", ", known)));
    }
    return names.isEmpty() ? known : new LinkedHashSet<>(names);
  }

  @Command(
      name = "link",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "A TCP link that can be bad, between a job and a camera of yours: the job's url names this"
            + " machine and the port. Until Ctrl-C."
      })
  int link(
      @Parameters(paramLabel = "HOST:PORT", description = "Where the link leads.") String target,
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "0",
              description = "To listen on; a free one if not told.")
          int port,
      @Option(
              names = "--delay-millis",
              paramLabel = "MS",
              defaultValue = "0",
              description = "Of every byte that comes back (0).")
          long delay,
      @Option(
              names = "--bytes-per-second",
              paramLabel = "N",
              defaultValue = "0",
              description = "Of each connection (as many as there are).")
          long rate,
      @Option(
              names = "--spoilt-per-mille",
              paramLabel = "N",
              defaultValue = "0",
              description = "Of 1000 bytes so many are replaced (0).")
          int spoilt,
      @Option(
              names = "--cut-after",
              paramLabel = "S",
              defaultValue = "0",
              description = "Cut all connections every so many seconds (never).")
          int cutAfter)
      throws Exception {
    var parts = target.split(":");
    if (parts.length != 2 || !parts[1].matches("\\d{1,5}")) {
      throw new CommandException(ExitCode.USAGE, target + ": must be HOST:PORT");
    }
    try (var link = Link.of(port, parts[0], Integer.parseInt(parts[1]))) {
      link.set(new Link.Quality(delay, rate, spoilt));
      console.print("127.0.0.1:%d leads to %s".formatted(link.port(), target));
      while (cutAfter > 0) {
        Thread.sleep(cutAfter * 1000L);
        link.cut();
      }
      new CountDownLatch(1).await();
      return ExitCode.DONE.code();
    }
  }
}
