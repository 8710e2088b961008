package io.vigil.pipeline.cli;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vigil model …}: what there is to know of a network without running a video. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Looks at a network, or makes a model file of weights.")
final class ModelCommand implements Runnable {
  private final Console console;
  @Spec private CommandSpec spec;

  ModelCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  @Command(
      name = "summary",
      mixinStandardHelpOptions = true,
      description = "Prints a network's layers, parameters and multiply-adds.")
  int summary(
      @Parameters(paramLabel = "NAME", description = "d0 to d7x, lite0 to lite4.") String name,
      @Option(
              names = "--size",
              paramLabel = "HxW",
              description = "Size of the picture (the published one).")
          String size) {
    var config = named(name);
    var reading = size == null ? ShapeReading.of(config) : sized(config, size);
    console.print(ModelSummary.of(reading));
    return ExitCode.DONE.code();
  }

  static EfficientDetConfig named(String name) {
    try {
      return EfficientDetConfig.named(name);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static ShapeReading sized(EfficientDetConfig config, String size) {
    var sides = size.toLowerCase(java.util.Locale.ROOT).split("x");
    try {
      return ShapeReading.of(config, Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new CommandException(
          ExitCode.USAGE, "--size " + size + ": must be HEIGHTxWIDTH, such as 384x640", e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }
}
