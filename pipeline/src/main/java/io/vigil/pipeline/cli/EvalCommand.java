package io.vigil.pipeline.cli;

import io.vigil.model.detect.Convention;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.evaluate.CocoEvaluation;
import io.vigil.model.evaluate.CocoMetrics;
import io.vigil.model.evaluate.ScoredBox;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.weights.pull.PublishedWeights;
import io.vigil.pipeline.evaluate.Evaluation;
import io.vigil.pipeline.job.Places;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vigil eval}: a model's accuracy on a COCO data set. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a model over the pictures of a COCO data set and prints COCO's twelve figures, as"
          + " pycocotools computes them.",
      "",
      "The data are a folder with annotations/instances_SPLIT.json and the pictures in SPLIT/."
    })
final class EvalCommand implements Callable<Integer> {
  private static final int REPORT_EVERY = 20;
  private static final float IOU_OF_NMS = 0.5f;
  private static final int MOST_DETECTIONS = 100;

  private final Console console;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Where annotations/ and the pictures are.")
  private Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val2017",
      description = "Such as val2017 (val2017).")
  private String split;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "d0",
      description = "A model file (.onnx), or d0 to d7x: the weights that were pulled (d0).")
  private String model;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "cpu, gpu or auto (auto).")
  private DeviceChoice device;

  @Option(names = "--per-class", description = "AP and AR of each class too.")
  private boolean perClass;

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var truth = CocoData.read(data.resolve("annotations/instances_" + split + ".json"));
    var resolved = ModelFiles.forEvaluation(model, Places.models());
    if (!resolved.metadata().trained()) {
      console.tell("The weights are untrained: the figures mean nothing.");
    }
    var metrics = CocoEvaluation.of(truth, detections(truth, resolved));
    console.print(metrics.text());
    if (resolved.metadata().trained()) {
      tellPublished(metrics, truth.images().size());
    }
    if (perClass) {
      printClasses(truth, metrics);
    }
    return ExitCode.DONE.code();
  }

  private List<ScoredBox> detections(CocoData truth, ModelFiles.Resolved resolved) {
    var settings =
        new DetectionSettings(0, IOU_OF_NMS, MOST_DETECTIONS, Set.of(), true, Convention.GOOGLE);
    try (var detector = new DetectorSettings(resolved.path().toString(), device, 0).open()) {
      return new Evaluation(detector, settings, data.resolve(split))
          .detect(truth.images(), done -> progress(done, truth.images().size()));
    } finally {
      console.endLine();
    }
  }

  private void progress(int done, int all) {
    var line = "%d of %d pictures".formatted(done, all);
    if (console.terminal()) {
      console.line(line);
    } else if (done % REPORT_EVERY == 0 || done == all) {
      console.tell(line);
    }
  }

  private void tellPublished(CocoMetrics metrics, int pictures) {
    PublishedWeights.find(model)
        .filter(weights -> !weights.valAp().isEmpty())
        .ifPresent(
            weights ->
                console.print(
                    String.format(
                        Locale.ROOT,
                        "AP %.1f on %d pictures; published for %s on the 5000 of val2017: %s",
                        100 * metrics.ap(),
                        pictures,
                        weights.file(),
                        weights.valAp())));
  }

  private void printClasses(CocoData truth, CocoMetrics metrics) {
    for (var category : truth.categories()) {
      console.print(
          String.format(
              Locale.ROOT,
              "%-20s AP %6.3f  AR %6.3f",
              category.name(),
              metrics.apByCategory().get(category.id()),
              metrics.recallByCategory().get(category.id())));
    }
  }
}
