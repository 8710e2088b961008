package io.vigil.pipeline.cli;

import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.model.runtime.GpuArithmetic;
import io.vigil.model.runtime.GpuSettings;
import io.vigil.model.runtime.GraphBench;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.runtime.PostProcessingBench;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.bench.BareBench;
import io.vigil.pipeline.bench.LiveBench;
import io.vigil.pipeline.bench.PipelineBench;
import io.vigil.pipeline.bench.ScaleBench;
import io.vigil.pipeline.job.Places;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
              description = "d0 to d7x, lite0 to lite4 (d0).")
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

  @Command(
      name = "post",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Boxes and suppression of one picture, beside the network on one core; of drawn candidates,"
            + " as an untrained network finds none."
      })
  int post(
      @Option(
              names = "--model",
              paramLabel = "NAME",
              defaultValue = "d0",
              description = "d0 to d7x, lite0 to lite4 (d0).")
          String model,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "30",
              description = "Rounds (30).")
          int rounds) {
    if (rounds < 1) {
      throw new CommandException(ExitCode.USAGE, "--rounds " + rounds + ": must be 1 or more");
    }
    var name = ModelCommand.named(model.toLowerCase(Locale.ROOT)).name();
    console.print(PostProcessingBench.run(name, rounds));
    return ExitCode.DONE.code();
  }

  @Command(
      name = "pipeline",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "The whole way from the first frame decoded to the last event committed, over ONNX Runtime"
            + " alone on the same frames, with each stage's share."
      })
  int pipeline(
      @Parameters(paramLabel = "VIDEO", description = "A video; its frames are kept in memory.")
          Path video,
      @Option(
              names = "--model",
              paramLabel = "MODEL",
              defaultValue = "d0",
              description = "A model file, or drawn, d0 to d7x, lite0 to lite4 (d0).")
          String model,
      @Option(
              names = "--device",
              paramLabel = "DEVICE",
              defaultValue = "cpu",
              description = "cpu, gpu or auto (cpu).")
          DeviceChoice device,
      @Option(
              names = "--batch",
              paramLabel = "N",
              defaultValue = "4",
              description = "Frames a batch (4).")
          int batch,
      @Option(
              names = "--concurrent",
              paramLabel = "N",
              defaultValue = "1",
              description = "Batches that the device computes at once (1).")
          int concurrent,
      @Option(
              names = "--gpu-arithmetic",
              paramLabel = "HOW",
              defaultValue = "fast",
              description = "fast, float32 or reproducible (fast).")
          GpuArithmetic arithmetic,
      @Option(
              names = "--threads",
              paramLabel = "N",
              defaultValue = "0",
              description = "Threads of the network (every core).")
          int threads,
      @Option(
              names = "--frames",
              paramLabel = "N",
              defaultValue = "400",
              description = "At least so many frames a round (400).")
          int frames,
      @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds (5).")
          int rounds,
      @Mixin LogOptions logs)
      throws Exception {
    requireVideo(video);
    var resolved = ModelFiles.resolve(model, Places.models());
    CommandException.require("--batch", batch, 256);
    CommandException.require("--concurrent", concurrent, 16);
    var gpu = GpuSettings.FIRST.withArithmetic(arithmetic);
    var detector = new DetectorSettings(resolved.path().toString(), device, threads, gpu);
    var batching =
        BatchSettings.of(batch, Duration.ofMillis(50))
            .withConcurrent(concurrent)
            .withPadded(detector.wantsEqualBatches());
    return in(
        logs,
        (folder, out) -> {
          new PipelineBench(detector, resolved.metadata(), video, frames, batching, rounds, folder)
              .run(out);
          return true;
        });
  }

  @Command(
      name = "bare",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "The pipeline with a detector that finds nothing at once, against ffmpeg that decodes and"
            + " scales the same file to nowhere; and against its decoding on an NVIDIA GPU, where it"
            + " can."
      })
  int bare(
      @Parameters(
              paramLabel = "VIDEO",
              description = "A video; it is repeated to have enough frames.")
          Path video,
      @Option(
              names = "--frames",
              paramLabel = "N",
              defaultValue = "10000",
              description = "At least so many frames (10000).")
          int frames,
      @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds (3).")
          int rounds,
      @Mixin LogOptions logs)
      throws Exception {
    requireVideo(video);
    return in(
        logs,
        (folder, out) -> {
          new BareBench(video, frames, rounds, folder).run(out);
          return true;
        });
  }

  @Command(
      name = "live",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Cameras of a real RTSP server (GStreamer's, which has to be installed) into a detector that"
            + " is too slow for them: from capture to a consumer, and each stream's share."
      })
  int live(
      @Option(
              names = "--minutes",
              paramLabel = "N",
              defaultValue = "10",
              description = "Length of each measurement (10).")
          double minutes,
      @Option(
              names = "--streams",
              paramLabel = "N",
              defaultValue = "4",
              description = "Cameras of 25 frames/s (4).")
          int streams,
      @Option(
              names = "--picture-millis",
              paramLabel = "MS",
              defaultValue = "45",
              description = "What the detector takes for a frame (45).")
          int pictureMillis,
      @Option(
              names = "--batch",
              paramLabel = "N",
              defaultValue = "4",
              description = "Frames a batch (4).")
          int batch,
      @Option(
              names = "--checkpoint-interval",
              paramLabel = "S",
              defaultValue = "10",
              description = "Seconds (10).")
          double interval,
      @Option(
              names = "--delivery",
              paramLabel = "HOW",
              description = "at-least-once or exactly-once; both, one after the other.")
          DeliveryChoice delivery,
      @Mixin LogOptions logs)
      throws Exception {
    Trial.requireRtspServer();
    var settings =
        new LiveBench.Settings(
            streams, pictureMillis, batch, seconds(60 * minutes), seconds(interval));
    return in(
        logs,
        (folder, out) -> {
          boolean good = true;
          for (var choice : DeliveryChoice.of(delivery)) {
            boolean exactlyOnce = choice == DeliveryChoice.EXACTLY_ONCE;
            good &= new LiveBench(settings, folder).run(exactlyOnce, out);
          }
          return good;
        });
  }

  @Command(
      name = "scale",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Frames/s of 1, 2 and 4 task managers, each with a device of its own that sleeps."
      })
  int scale(
      @Option(
              names = "--picture-millis",
              paramLabel = "MS",
              defaultValue = "20",
              description = "What a device takes for a frame (20).")
          int pictureMillis,
      @Option(
              names = "--files",
              paramLabel = "N",
              defaultValue = "16",
              description = "Files of 120 frames (16); a multiple of 4, to be dealt out evenly.")
          int files,
      @Mixin LogOptions logs)
      throws Exception {
    return in(logs, (folder, out) -> new ScaleBench(pictureMillis, files, folder).run(out));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** Of the events. */
  enum DeliveryChoice {
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<DeliveryChoice> of(DeliveryChoice asked) {
      return asked == null ? List.of(values()) : List.of(asked);
    }
  }

  private int in(LogOptions logs, Trial bench) throws Exception {
    return Trial.run("bench", console, logs, bench);
  }

  private static void requireVideo(Path video) {
    Videos.probe(Map.of(video.toString(), video)).orRefuse(List.of());
  }
}
