package io.vigil.pipeline.cli;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.train.Recipe;
import io.vigil.model.train.TrainingPlan;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How {@code vigil train} learns: a recipe, and what is otherwise than it. */
final class RecipeOptions {
  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "official",
      description = "official, paper or retinanet (official).")
  private String recipe;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Side of the training pictures (the model's resolution).")
  private Integer size;

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
          "What keeps its values: nothing, norms (running means), backbone-norms or backbone (nothing).")
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
      var side = size == null ? config.resolution() : size;
      var how = recipe();
      return new TrainingPlan(
          how.applied(config), how, freeze(), side, side, batch, epochs, rate, seed);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private Recipe recipe() {
    var how = Recipe.named(recipe);
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

  private TrainingPlan.Freeze freeze() {
    return switch (freeze) {
      case "nothing" -> TrainingPlan.Freeze.NOTHING;
      case "norms" -> TrainingPlan.Freeze.NORMS;
      case "backbone-norms" -> TrainingPlan.Freeze.BACKBONE_NORMS;
      case "backbone" -> TrainingPlan.Freeze.BACKBONE;
      default ->
          throw new CommandException(
              ExitCode.USAGE,
              "--freeze " + freeze + ": must be nothing, norms, backbone-norms or backbone");
    };
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
    told.put("--size", "" + plan.height());
    told.put("--batch", "" + batch);
    told.put("--epochs", "" + epochs);
    told.put("--rate", "" + rate);
    if (warmup != null) {
      told.put("--warmup", "" + warmup);
    }
    told.put("--seed", "" + seed);
    return told;
  }
}
