package io.vigil.pipeline.cli;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.train.TrainingPlan;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.Keep;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.WeightsImport;
import io.vigil.pipeline.train.CocoFolder;
import io.vigil.pipeline.train.PictureCheck;
import io.vigil.pipeline.train.TrainRun;
import io.vigil.pipeline.train.TrainSettings;
import io.vigil.pipeline.train.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigil train}: a model that learns from pictures. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a model on the pictures of a COCO data set: a folder with"
          + " annotations/instances_SPLIT.json and the pictures in SPLIT/.",
      "",
      "OUT gets a checkpoint every few minutes, a table and a curve of how it went, the weights and"
          + " a model file. Ctrl-C stops with a checkpoint; the same command with --resume goes on."
    })
final class TrainCommand implements Callable<Integer> {
  private static final int CHECK_TOLD_EVERY = 500;
  private static final int UNSEEN_SHOWN = 8;

  /** A run whose rate stays higher has not settled. */
  private static final double RATE_LEFT = 0.1;

  private static final double LOGITS_SHARE = 0.6;

  private final Console console;
  private final Interrupt interrupt;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Where annotations/ and the pictures are.")
  private Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "train2017",
      description = "What is learned from (train2017).")
  private String split;

  @Option(
      names = "--validate",
      paramLabel = "NAME",
      description = "A split to measure the model on as it goes (none).")
  private String validate;

  @Option(
      names = "--validate-every",
      paramLabel = "EPOCHS",
      defaultValue = "1",
      description = "How often (1).")
  private double validateEvery;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "d0",
      description = "d0 to d7x, lite0 to lite4 (d0).")
  private String model;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights to start from (random ones).")
  private Path weights;

  @Option(
      names = "--keep",
      paramLabel = "PART",
      defaultValue = "all",
      description =
          "What of them: all, body (other classes) or backbone, also of an ImageNet EfficientNet"
              + " (all).")
  private String keep;

  @Mixin private RecipeOptions how;

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      defaultValue = "own",
      description = "What the pictures are of; stands in every event (own).")
  private String domain;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      defaultValue = "unknown",
      description = "Of the weights (unknown).")
  private String licence;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Where everything goes.")
  private Path out;

  @Option(names = "--resume", description = "Go on from OUT's checkpoint.")
  private boolean resume;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "MINUTES",
      defaultValue = "5",
      description = "(5)")
  private double checkpointMinutes;

  @Option(
      names = "--dry-run",
      description = "Look at every annotation and picture, tell all that is wrong, and stop.")
  private boolean dryRun;

  TrainCommand(Console console, Interrupt interrupt) {
    this.console = console;
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() {
    CommandException.requireAbove0("--validate-every", validateEvery);
    CommandException.requireAbove0("--checkpoint-every", checkpointMinutes);
    var content = new CocoFolder(data, split).read();
    var splits = new LinkedHashMap<String, CocoFolder.Content>();
    splits.put(split, content);
    if (validate != null && !validate.equals(split)) {
      var measured = new CocoFolder(data, validate).read();
      measured.requireClassesOf(content);
      splits.put(validate, measured);
    }
    tellUnseen(content);
    if (dryRun) {
      var found = check(splits);
      if (found == ExitCode.DONE.code()) {
        settings(content, start(content));
      }
      return found;
    }
    splits.forEach(this::requireNoProblems);
    var start = start(content);
    var settings = settings(content, start);
    requireCheckpoint(settings);
    makeFolder();
    interrupt.whenNoted(
        () ->
            console.tell(
                "Stopping after this step with a checkpoint; once more ends at once and loses what was learned since the last."));
    interrupt.drainable();
    return run(settings, start.weights());
  }

  private void requireNoProblems(String name, CocoFolder.Content content) {
    content.leftOut().summary().forEach(console::tell);
    if (!content.problems().isEmpty()) {
      content.problems().summary().forEach(console::tell);
      throw new CommandException(
          ExitCode.USAGE,
          "--data %s: %d problems in %s; --dry-run tells all of them, and looks at the pictures too"
              .formatted(data, content.problems().count(), name));
    }
  }

  private void requireCheckpoint(TrainSettings settings) {
    if (resume == Files.exists(settings.checkpoint())) {
      return;
    }
    throw new CommandException(
        ExitCode.USAGE,
        (resume
                ? "--out %s: has no checkpoint to go on from; leave out --resume, or name the folder that has"
                : "--out %s: has a checkpoint already; go on from it with --resume, or name another folder")
            .formatted(out));
  }

  private int check(Map<String, CocoFolder.Content> splits) {
    splits.forEach(this::check);
    var sound = splits.values().stream().allMatch(content -> content.problems().isEmpty());
    return sound ? ExitCode.DONE.code() : ExitCode.FAILED.code();
  }

  private void check(String name, CocoFolder.Content content) {
    var problems = content.problems();
    var all = content.data().pictures().size();
    PictureCheck.run(
        content.data(),
        problems,
        done -> {
          if (done % CHECK_TOLD_EVERY == 0) {
            console.tell("%d of %d pictures".formatted(done, all));
          }
        });
    var objects = content.data().pictures().stream().mapToInt(p -> p.objects().size()).sum();
    problems.lines().forEach(console::print);
    content.leftOut().lines().forEach(console::print);
    console.print(
        "%s: %d pictures, %d objects of %d classes, %d problems"
            .formatted(name, all, objects, content.labels().size(), problems.count()));
  }

  private void makeFolder() {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new CommandException(
          ExitCode.USAGE, "--out %s: is a file; name a folder".formatted(out));
    }
    try {
      Files.createDirectories(out);
      Files.delete(Files.createTempFile(out, ".writable", ""));
    } catch (IOException failure) {
      throw new CommandException(
          ExitCode.USAGE,
          "--out %s: cannot be written to (%s); name another folder".formatted(out, failure),
          failure);
    }
  }

  private void tellUnseen(CocoFolder.Content content) {
    var unseen = content.unseen();
    if (!unseen.isEmpty()) {
      var shown = unseen.subList(0, Math.min(UNSEEN_SHOWN, unseen.size()));
      console.tell(
          "No object is of %d of the %d classes, which the model will not learn: %s%s"
              .formatted(
                  unseen.size(),
                  content.labels().size(),
                  String.join(", ", shown),
                  shown.size() < unseen.size() ? ", ..." : ""));
    }
  }

  private int run(TrainSettings settings, Optional<Weights> given) {
    var talk =
        new TrainRun.Talk() {
          @Override
          public void tell(String line) {
            console.endLine();
            console.tell(line);
          }

          @Override
          public void progress(String line) {
            if (console.terminal()) {
              console.line(line);
            } else {
              console.tell(line);
            }
          }
        };
    var run =
        resume
            ? TrainRun.resumed(settings, talk)
            : TrainRun.of(settings, given.orElseGet(() -> random(settings)), talk);
    if (run.run(interrupt::requested)) {
      return ExitCode.DONE.code();
    }
    talk.tell(
        "Stopped; the same command with --resume goes on from " + settings.checkpoint() + ".");
    return ExitCode.INTERRUPTED.code();
  }

  private Weights random(TrainSettings settings) {
    return InitialWeights.of(ShapeReading.of(settings.plan().config()).parameters(), how.seed());
  }

  /** What is started from, and the network that it belongs to. */
  private record Start(EfficientDetConfig config, Optional<Weights> weights, String digest) {}

  /** Weights of a file bring their network's paddings and epsilons along. */
  private Start start(CocoFolder.Content content) {
    var config =
        ModelCommand.named(model.toLowerCase(Locale.ROOT)).withClasses(content.labels().size());
    if (weights == null) {
      if (part() != Keep.ALL) {
        throw new CommandException(
            ExitCode.USAGE, "--keep %s: of which weights? Add --weights FILE.".formatted(keep));
      }
      return new Start(config, Optional.empty(), "random");
    }
    if (weights.toString().endsWith(".onnx")) {
      throw new CommandException(
          ExitCode.USAGE,
          "--weights %s: is a model to detect with; take the weights.safetensors that it was made of"
              .formatted(weights));
    }
    var imported = WeightsImport.read(weights, config, part(), how.seed());
    imported.notes().forEach(console::tell);
    return new Start(
        config.withImplementation(imported.implementation()),
        Optional.of(imported.weights()),
        imported.digest());
  }

  private Keep part() {
    try {
      return Keep.of(keep);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--keep: " + e.getMessage(), e);
    }
  }

  /**
   * @throws io.vigil.model.train.TrainingException if a run of it would have no step
   */
  private TrainSettings settings(CocoFolder.Content content, Start start) {
    var plan = how.plan(start.config());
    requireHeap(plan);
    var left = plan.rateAtTheEnd(content.data().pictures().size());
    if (left > RATE_LEFT) {
      console.tell(
          "The learning rate ends at %.0f %% of its highest, as the recipe's cosine counts the warm-up in: a shorter --warmup, or more --epochs, let it fall."
              .formatted(100 * left));
    }
    return new TrainSettings(
        plan,
        content.data(),
        content.labels(),
        domain,
        licence,
        told(content, plan, start),
        out,
        validation(),
        validateEvery,
        Duration.ofNanos((long) (60e9 * checkpointMinutes)));
  }

  /** What the engine holds is not Java's; logits and their derivatives are. */
  private static void requireHeap(TrainingPlan plan) {
    var config = plan.config();
    var anchors = (double) config.anchors(plan.height(), plan.width());
    var needed = 2 * Float.BYTES * anchors * config.classes() * plan.batch();
    var most = Runtime.getRuntime().maxMemory();
    if (needed > LOGITS_SHARE * most) {
      throw new CommandException(
          ExitCode.USAGE,
          "--batch %d: logits and derivatives of a step take %.1f GB of Java's %.1f GB, too much beside all else; lower --batch or --size, or give it more (VIGIL_HEAP=%.0fg)."
              .formatted(
                  plan.batch(), needed / 1e9, most / 1e9, Math.ceil(needed / LOGITS_SHARE / 1e9)));
    }
  }

  private Optional<Validation> validation() {
    return Optional.ofNullable(validate)
        .map(
            name ->
                new Validation(
                    CocoData.read(data.resolve("annotations/instances_" + name + ".json")),
                    data.resolve(name)));
  }

  /** What decides how it goes, and what comes out. */
  private SortedMap<String, String> told(
      CocoFolder.Content content, TrainingPlan plan, Start start) {
    var told = how.told(plan);
    told.put("classes", String.join(",", content.data().classes()));
    told.put("pictures", "" + content.data().pictures().size());
    told.put("SHA-256 of the annotations", content.digest());
    told.put("SHA-256 of the weights at the start", start.digest());
    told.put("--keep", keep);
    told.put("--domain", domain);
    told.put("--licence", licence);
    return told;
  }
}
