package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.chaos.ChaosSoak;
import io.vigil.pipeline.job.Places;
import io.vigil.pipeline.soak.FrameSoak;
import io.vigil.pipeline.soak.ReconnectSoak;
import io.vigil.pipeline.soak.RestartSoak;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vigil soak …}: whether anything grows. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Lets real jobs run for long and samples memory, threads and open files of the process. Each"
          + " sample is a line at once; at the end come slopes by least squares, with their standard"
          + " errors, of all but the first quarter. What grows for certain, to two standard errors,"
          + " misses its goal."
    },
    footer = {
      "",
      "A heap that is whole from the start makes for clear figures:"
          + " VIGIL_HEAP=512m VIGIL_JAVA_OPTS='-Xms512m -XX:+AlwaysPreTouch' vigil soak …"
    })
final class SoakCommand implements Runnable {
  private final Console console;
  @Spec private CommandSpec spec;

  SoakCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  @Command(
      name = "reconnects",
      mixinStandardHelpOptions = true,
      description = "Cameras whose connections are cut again and again.")
  int reconnects(
      @Option(names = "--count", defaultValue = "2000", description = "Reconnects in all (2000).")
          int count,
      @Option(
              names = "--cameras",
              defaultValue = "40",
              description = "That lose their connections at the same time (40).")
          int cameras,
      @Mixin LogOptions logs)
      throws Exception {
    Trial.requireRtspServer();
    return in(logs, (folder, out) -> new ReconnectSoak(count, cameras, folder).run(out));
  }

  @Command(
      name = "frames",
      mixinStandardHelpOptions = true,
      description = "Many frames of many short files through a detector that takes no time.")
  int frames(
      @Option(names = "--count", defaultValue = "1000000", description = "Frames (1000000).")
          long count,
      @Mixin LogOptions logs)
      throws Exception {
    return in(logs, (folder, out) -> new FrameSoak(count, folder).run(out));
  }

  @Command(
      name = "restarts",
      mixinStandardHelpOptions = true,
      description = "A job with a real network, which fails and is restarted in one process.")
  int restarts(
      @Option(names = "--count", defaultValue = "100", description = "Restarts (100).") int count,
      @Option(names = "--model", defaultValue = "d0", description = "Its network (d0).")
          String model,
      @Mixin LogOptions logs)
      throws Exception {
    Trial.requireRtspServer();
    var resolved = ModelFiles.resolve(model, Places.models());
    return in(logs, (folder, out) -> new RestartSoak(count, resolved, folder).run(out));
  }

  @Command(
      name = "faults",
      mixinStandardHelpOptions = true,
      description = "A live job with a fault every minute, each looked at as vigil chaos does.")
  int faults(
      @Option(names = "--minutes", defaultValue = "30", description = "Length (30).")
          double minutes,
      @Option(names = "--streams", defaultValue = "8", description = "Cameras (8).") int streams,
      @Option(names = "--every", defaultValue = "60", description = "Seconds (60).") int every,
      @Option(names = "--seed", defaultValue = "1", description = "Of the draw of faults (1).")
          long seed,
      @Mixin LogOptions logs)
      throws Exception {
    Trial.requireRtspServer();
    var length = Duration.ofSeconds(Math.round(60 * minutes));
    return in(
        logs,
        (folder, out) ->
            new ChaosSoak(streams, length, Duration.ofSeconds(every), seed, folder).run(out));
  }

  private int in(LogOptions logs, Trial soak) throws Exception {
    return Trial.run("soak", console, logs, soak);
  }
}
