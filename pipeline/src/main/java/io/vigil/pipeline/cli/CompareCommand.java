package io.vigil.pipeline.cli;

import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.model.runtime.GpuArithmetic;
import io.vigil.model.runtime.GpuSettings;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.runtime.OnnxDetector;
import io.vigil.pipeline.evaluate.Comparison;
import io.vigil.pipeline.job.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigil model compare}: one device, precision or batch against another. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a model on the CPU, and the same or another form of it elsewhere, over"
          + " pictures, and tells how far their outputs are apart, and their AP against the first"
          + " one's best detections.",
      "Ends with 1 where the APs differ by more than 0.001."
    })
final class CompareCommand implements Callable<Integer> {
  private static final double MOST_AP = 0.001;

  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "A model file (.onnx), or a model's name.")
  private String reference;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER",
      description = "Another form of it, such as float16 (MODEL itself).")
  private String other;

  @Option(
      names = "--pictures",
      required = true,
      paramLabel = "DIR",
      description = "A folder of pictures (.jpg, .png).")
  private Path pictures;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "Where OTHER runs: cpu, gpu or auto (cpu).")
  private DeviceChoice device;

  @Option(
      names = "--gpu-arithmetic",
      paramLabel = "HOW",
      defaultValue = "fast",
      description = "fast, float32 or reproducible (fast).")
  private GpuArithmetic arithmetic;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often OTHER is given a picture at once (1).")
  private int batch;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    CommandException.require("--batch", batch, 256);
    var files = files();
    var gpu = GpuSettings.FIRST.withArithmetic(arithmetic);
    try (var one = OnnxDetector.open(settings(reference, DeviceChoice.CPU, gpu));
        var two = OnnxDetector.open(settings(other == null ? reference : other, device, gpu))) {
      var found = Comparison.of(one, two, batch, files);
      console.print(text(found, two.device()));
      boolean same = Math.abs(found.referenceAp() - found.otherAp()) <= MOST_AP;
      return (same ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(pictures)) {
      throw new CommandException(
          ExitCode.USAGE, "--pictures %s: there is no such folder".formatted(pictures));
    }
    try (var entries = Files.list(pictures)) {
      var files = entries.filter(CompareCommand::isPicture).sorted().toList();
      if (files.isEmpty()) {
        throw new CommandException(
            ExitCode.USAGE,
            "--pictures %s: has no pictures (.jpg, .jpeg, .png)".formatted(pictures));
      }
      return files;
    }
  }

  private static boolean isPicture(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)");
  }

  private static DetectorSettings settings(String model, DeviceChoice where, GpuSettings gpu) {
    var path = ModelFiles.resolve(model, Places.models()).path();
    return new DetectorSettings(path.toString(), where, 0, gpu);
  }

  private String text(Comparison found, String device) {
    return String.format(
        Locale.ROOT,
        "%d pictures, on %s in batches of %d: %.2f %% of the candidates are the same; of those logits differ by at most %.2g, box regressions by %.2g%n"
            + "AP against the first one's best detections: %.4f and %.4f",
        found.pictures(),
        device,
        batch,
        100 * found.shared(),
        found.logits(),
        found.regression(),
        found.referenceAp(),
        found.otherAp());
  }
}
