package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.job.Places;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vigil model inspect}: what a model file says of itself. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Prints what a model file says of itself.")
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      description = "A model file (.onnx), or a model's name such as drawn.")
  private String model;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var resolved = ModelFiles.resolve(model, Places.models());
    console.print(row("file", resolved.path().toString()));
    console.print(text(resolved.metadata()));
    return ExitCode.DONE.code();
  }

  static String text(ModelMetadata model) {
    return String.join(
        System.lineSeparator(),
        row("name", model.name()),
        row("level", model.level()),
        row(
            "pictures",
            "longer side %d, sides multiples of %d"
                .formatted(model.resolution(), model.sizeMultiple())),
        row(
            "normalisation",
            "mean %s, std %s".formatted(numbers(model.mean()), numbers(model.std()))),
        row(
            "anchors",
            "P%d to P%d, scale %s, ratios %s"
                .formatted(model.minLevel(), model.maxLevel(), model.anchorScale(), ratios(model))),
        row("padding", model.padding() + ", max-pools with " + model.poolPadding()),
        row("candidates", model.topK() + " a picture"),
        row("weights", (model.trained() ? "trained" : "untrained") + ", domain " + model.domain()),
        row("weights SHA-256", model.weightsDigest()),
        row("licence", model.licence()),
        row("file SHA-256", model.digest()),
        row("classes", model.labels().size() + ": " + labels(model.labels())));
  }

  private static String row(String name, String value) {
    return "%-16s %s".formatted(name, value);
  }

  private static String numbers(double[] values) {
    return Arrays.stream(values).mapToObj("%.3f"::formatted).collect(Collectors.joining(" "));
  }

  private static String ratios(ModelMetadata model) {
    return model.aspectRatios().stream()
        .map(pair -> "%.2f x %.2f".formatted(pair[0], pair[1]))
        .collect(Collectors.joining(", "));
  }

  private static String labels(List<ModelMetadata.Label> labels) {
    return labels.stream()
        .map(label -> label.id() + " " + label.name())
        .collect(Collectors.joining(", "));
  }
}
