package io.vigil.pipeline.cli;

import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.evaluate.CocoEvaluation;
import io.vigil.model.evaluate.CocoMetrics;
import io.vigil.model.evaluate.ScoredBox;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.DetectionConfig;
import io.vigil.pipeline.evaluate.Evaluation;
import io.vigil.pipeline.evaluate.VideoEvents;
import io.vigil.pipeline.job.Caution;
import io.vigil.pipeline.job.DetectionRules;
import io.vigil.pipeline.job.Places;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
          + " Outputs become detections as in google/automl's evaluation (the best 5000 pairs,"
          + " gaussian suppression per class, 100 detections), or as in another convention's."
    })
final class EvalCommand implements Callable<Integer> {
  private static final int REPORT_EVERY = 20;
  private static final String TOP_K = "detection.top-k";

  /** Lower ones change AP in the third decimal, and events hold four. */
  private static final String VIDEO_SCORE = "0.01";

  private final Console console;
  private final Interrupt interrupt;
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where annotations/ and the pictures are.")
  private Path data;

  @Option(
      names = "--video",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Videos with ground truth instead, through the whole pipeline: file in, events on Kafka"
              + " out.")
  private List<Path> videos;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Its ground truth, a COCO file with a picture a frame (NAME.json beside it).")
  private Path truthFile;

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
      description =
          "A model file (.onnx), or drawn, or d0 to d7x, lite0 to lite4: the weights that were pulled"
              + " (d0; of videos drawn).")
  private String model;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "cpu, gpu or auto (auto).")
  private DeviceChoice device;

  @Option(
      names = "--score",
      paramLabel = "S",
      description = "Lowest score of a detection that counts (0; as zylo117: 0.05).")
  private String score;

  @ArgGroup(exclusive = false, heading = "%nHow outputs become detections:%n")
  private PostProcessingOptions postProcessing;

  @Option(names = "--per-class", description = "AP and AR of each class too.")
  private boolean perClass;

  EvalCommand(Console console, Interrupt interrupt) {
    this.console = console;
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() throws IOException {
    if ((data == null) == (videos == null)) {
      throw new CommandException(
          ExitCode.USAGE, "what is evaluated: --data DIR, or --video FILE; one of them is needed");
    }
    return videos == null ? pictures() : videos();
  }

  /** What a consumer of the topic gets, not what a shorter way would give. */
  private int videos() throws IOException {
    if (truthFile != null && videos.size() > 1) {
      throw new CommandException(
          ExitCode.USAGE, "--truth is of one video; each of several has NAME.json beside it");
    }
    var all = CocoData.EMPTY;
    var found = new ArrayList<ScoredBox>();
    for (var video : videos) {
      var truth = truth(video).numberedBehind(all);
      try (var folder = new TemporaryFolder("vigil-eval")) {
        var out = folder.path().resolve("out");
        var exit = Vigil.run(progressOnly(), interrupt, detect(video, out));
        if (exit != ExitCode.DONE.code()) {
          return exit;
        }
        found.addAll(new VideoEvents(out.resolve("events.jsonl")).of(truth));
      }
      all = all.with(truth);
    }
    print(all, CocoEvaluation.of(all, found));
    return ExitCode.DONE.code();
  }

  private CocoData truth(Path video) {
    var name = video.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return CocoData.read(truthFile == null ? video.resolveSibling(name + ".json") : truthFile);
  }

  /** What the run would print is of a folder that does not stay. */
  private Console progressOnly() {
    return new Console(
        new PrintStream(OutputStream.nullOutputStream()), console.err(), console.terminal());
  }

  private String[] detect(Path video, Path out) {
    var arguments =
        new ArrayList<String>(
            List.of("detect", video.toString(), "--out", out.toString(), "--no-video"));
    var given = new LinkedHashMap<>(JobOptions.given(spec.commandLine().getParseResult()));
    given.putIfAbsent("detection.score", VIDEO_SCORE);
    given.forEach(
        (key, value) -> {
          arguments.add(JobOptions.OPTIONS.get(key));
          if (!(value instanceof Boolean)) {
            arguments.add(value.toString());
          }
        });
    return arguments.toArray(String[]::new);
  }

  private int pictures() {
    var asked =
        DetectionConfig.ofEvaluation(
            JobOptions.given(spec.commandLine().getParseResult()), JobOptions.OPTIONS);
    var truth = CocoData.read(data.resolve("annotations/instances_" + split + ".json"));
    if (truth.images().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "--data %s: its split %s has no pictures".formatted(data, split));
    }
    var resolved = ModelFiles.resolve(model, Places.models(), pairs(asked));
    var settings = settings(asked, resolved);
    tellStrangers(truth, resolved.metadata());
    Caution.of(resolved.metadata()).ifPresent(console::tell);
    var metrics = CocoEvaluation.of(truth, detections(truth, resolved, settings));
    print(truth, metrics);
    if (resolved.metadata().trained()) {
      PublishedFigure.beside(model, metrics.ap(), truth.images().size(), settings)
          .ifPresent(console::print);
    }
    return ExitCode.DONE.code();
  }

  /** Categories are told apart by their ids, as COCO's tools do. */
  private void tellStrangers(CocoData truth, ModelMetadata known) {
    var names =
        known.labels().stream()
            .collect(
                Collectors.toMap(
                    label -> (long) label.id(), ModelMetadata.Label::name, (a, b) -> a));
    var strangers =
        truth.categories().stream()
            .filter(category -> !category.name().equalsIgnoreCase(names.get(category.id())))
            .map(category -> category.id() + " " + category.name())
            .toList();
    if (!strangers.isEmpty()) {
      console.tell(
          "%d of %d categories of the data are not the model's by id and name, and their figures mean nothing: %s"
              .formatted(
                  strangers.size(), truth.categories().size(), String.join(", ", strangers)));
    }
  }

  private void print(CocoData truth, CocoMetrics metrics) {
    console.print(metrics.text());
    if (perClass) {
      printClasses(truth, metrics);
    }
  }

  private static int pairs(DetectionConfig asked) {
    return asked.topK() == 0 ? DetectionSettings.REFERENCE_PAIRS : asked.topK();
  }

  private DetectionSettings settings(DetectionConfig asked, ModelFiles.Resolved resolved) {
    int given = resolved.metadata().topK();
    boolean told = JobOptions.given(spec.commandLine().getParseResult()).containsKey(TOP_K);
    if (!told && asked.topK() > given) {
      throw new CommandException(
          ExitCode.USAGE,
          ("%s gives the best %d candidates of a picture, and this evaluation looks at %d: export it"
                  + " with --top-k %d, or evaluate what it gives with --top-k %d")
              .formatted(resolved.path(), given, asked.topK(), asked.topK(), given));
    }
    try {
      return DetectionRules.of(asked, resolved.metadata(), true, "The command line");
    } catch (ConfigException refusal) {
      throw JobOptions.spelled(refusal);
    }
  }

  private List<ScoredBox> detections(
      CocoData truth, ModelFiles.Resolved resolved, DetectionSettings settings) {
    int all = truth.images().size();
    try (var detector = new DetectorSettings(resolved.path().toString(), device, 0).open()) {
      var found =
          new Evaluation(detector, settings, data.resolve(split))
              .detect(truth.images(), done -> progress(done, all));
      console.endLine();
      tellLacking(found.lacking(), all, settings);
      return found.boxes();
    } finally {
      console.endLine();
    }
  }

  /** Where the reference itself looks at no more pairs, nothing is lacking. */
  private void tellLacking(int lacking, int pictures, DetectionSettings settings) {
    boolean asTheReference = settings.topK() >= DetectionSettings.REFERENCE_PAIRS;
    if (lacking > 0 && (settings.convention().bestClassOnly() || !asTheReference)) {
      console.tell(
          "On %d of %d pictures candidates that were not looked at could have been detections: more (--top-k) may change the figures."
              .formatted(lacking, pictures));
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
