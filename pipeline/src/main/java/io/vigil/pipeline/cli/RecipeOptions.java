package io.vigil.pipeline.cli;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.train.Descent;
import io.vigil.model.train.Freeze;
import io.vigil.model.train.Recipe;
import io.vigil.model.train.TrainingPlan;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How {@code vigil train} learns: a recipe, and what is otherwise than it. */
final class RecipeOptions {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "official",
      description = "official, paper or retinanet (official).")
  private String recipe;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "Of the training pictures: their side, or WIDTHxHEIGHT, as for frames (the model's resolution).")
  private String size;

  @Option(
      names = "--resolution",
      paramLabel = "PIXELS",
      description = "Longest side of the pictures that the model is for (the published).")
  private Integer resolution;

  @Option(
      names = "--anchor-scale",
      paramLabel = "STRIDES",
      description = "Side of a level's smallest anchor: less for smaller objects (the published).")
  private Double anchorScale;

  @Option(
      names = "--scale",
      paramLabel = "MIN..MAX",
      description = "Pictures are fitted into this many training pictures (the recipe's 0.1..2).")
  private String scale;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Pictures a step (8).")
  private int batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "300",
      description = "How often each picture is learned from (300).")
  private double epochs;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "sgd, or adamw, which learns faster from random weights: its rate is 0.001, not the batch's (the recipe's sgd).")
  private String optimizer;

  @Option(
      names = "--rate",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Factor on the learning rate of the batch (1).")
  private double rate;

  @Option(
      names = "--warmup",
      paramLabel = "EPOCHS",
      description = "Over which the learning rate rises from a tenth (the recipe's).")
  private Double warmup;

  @Option(
      names = "--average",
      paramLabel = "DECAY",
      description = "Of the moving average of the weights (the recipe's 0.9998).")
  private Double average;

  @Option(
      names = "--freeze",
      paramLabel = "PART",
      defaultValue = "nothing",
      description =
          "What keeps its values: nothing, norms (running means), backbone-norms, backbone, or stage1 to stage7 (its stem and first stages, which saves their gradients); norms,stage2 is both (nothing).")
  private String freeze;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all chance (1).")
  private long seed;

  /**
   * @param own the network's configuration as published, with the data's classes
   * @throws CommandException if the options do not make a plan
   */
  TrainingPlan plan(EfficientDetConfig own) {
    try {
      var config = own;
      if (resolution != null) {
        config = config.withResolution(resolution);
      }
      if (anchorScale != null) {
        config = config.withAnchorScale(anchorScale);
      }
      var sides = sides(config);
      var how = recipe();
      return new TrainingPlan(
          how.applied(config),
          how,
          Freeze.named(freeze),
          sides[1],
          sides[0],
          batch,
          epochs,
          rate,
          seed);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** Width and height. */
  private int[] sides(EfficientDetConfig config) {
    if (size == null) {
      return new int[] {config.resolution(), config.resolution()};
    }
    var match = SIZE.matcher(size);
    if (!match.matches()) {
      throw new CommandException(
          ExitCode.USAGE, "--size " + size + ": must be pixels such as 512, or 384x256");
    }
    var width = Integer.parseInt(match.group(1));
    return new int[] {width, match.group(2) == null ? width : Integer.parseInt(match.group(2))};
  }

  private Recipe recipe() {
    var how = Recipe.named(recipe);
    if (optimizer != null) {
      how = how.withDescent(Descent.named(optimizer));
    }
    if (average != null) {
      how = how.withAverage(average);
    }
    if (warmup != null) {
      how = how.withWarmup(warmup);
    }
    if (scale == null) {
      return how;
    }
    var ends = scale.split("\\.\\.");
    try {
      return how.withJitter(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new CommandException(
          ExitCode.USAGE, "--scale " + scale + ": must be two numbers such as 0.5..1.5", e);
    }
  }

  long seed() {
    return seed;
  }

  /** What a run that goes on must be told again. */
  SortedMap<String, String> told(TrainingPlan plan) {
    var told = new TreeMap<String, String>();
    told.put("--model", plan.config().name());
    told.put("--resolution", "" + plan.config().resolution());
    if (anchorScale != null) {
      told.put("--anchor-scale", "" + anchorScale);
    }
    told.put("--recipe", plan.recipe().name());
    told.put("--scale", plan.recipe().jitterMin() + ".." + plan.recipe().jitterMax());
    told.put("--average", "" + plan.recipe().average().decay());
    told.put("--freeze", freeze);
    var square = plan.height() == plan.width();
    told.put("--size", square ? "" + plan.height() : plan.width() + "x" + plan.height());
    told.put("--batch", "" + batch);
    told.put("--epochs", "" + epochs);
    told.put("--rate", "" + rate);
    if (optimizer != null) {
      told.put("--optimizer", optimizer);
    }
    if (warmup != null) {
      told.put("--warmup", "" + warmup);
    }
    told.put("--seed", "" + seed);
    return told;
  }
}
