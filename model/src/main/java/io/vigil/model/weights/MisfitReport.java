package io.vigil.model.weights;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.torch.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a file does not fit a network: everything that is wrong with it, and what it may be. */
final class MisfitReport {
  private static final String CLASS_BIAS = "class.predict.pointwise.bias";

  private MisfitReport() {}

  static String of(Path path, WeightsFit fit, Map<String, int[]> shapes) {
    if (fit.known() == 0) {
      return "%s holds no EfficientDet of a known family (%s). Its names begin: %s."
          .formatted(path, families(), names(shapes));
    }
    var text = new StringBuilder();
    text.append(
        "%s does not fit %s: of its %d tensors, named as %s names them, %d are missing, %d unexpected and %d misshaped."
            .formatted(
                path,
                fit.config().name(),
                shapes.size(),
                fit.scheme().key(),
                fit.missing().size(),
                fit.unexpected().size(),
                fit.misshaped().size()));
    append(text, "missing", lines(fit.missing()));
    append(text, "unexpected", lines(fit.unexpected()));
    append(text, "misshaped", misshaped(fit));
    // Last, as the lists may be longer than a terminal.
    guess(fit, shapes).ifPresent(guess -> text.append("%n%s".formatted(guess)));
    return text.toString();
  }

  private static String families() {
    return Stream.of(NameScheme.values()).map(NameScheme::key).collect(Collectors.joining(", "));
  }

  private static String names(Map<String, int[]> shapes) {
    return shapes.keySet().stream().limit(3).map(Printable::text).collect(Collectors.joining(", "));
  }

  private static Optional<String> guess(WeightsFit fit, Map<String, int[]> shapes) {
    return otherLevel(fit, shapes).or(() -> otherClasses(fit, shapes));
  }

  private static Optional<String> otherLevel(WeightsFit fit, Map<String, int[]> shapes) {
    return EfficientDetConfig.names().stream()
        .map(level -> EfficientDetConfig.named(level).withClasses(fit.config().classes()))
        .filter(config -> config.suits(fit.config().implementation()))
        .map(config -> config.withImplementation(fit.config().implementation()))
        .filter(config -> WeightsFit.of(fit.scheme(), config, shapes).fits())
        .findFirst()
        .map(config -> "These are weights of %s.".formatted(config.name()));
  }

  private static Optional<String> otherClasses(WeightsFit fit, Map<String, int[]> shapes) {
    int[] shape = shapes.get(fit.scheme().table(fit.config()).of(CLASS_BIAS));
    int anchors = EfficientDetConfig.ANCHORS_PER_PLACE;
    if (shape == null || shape.length != 1 || shape[0] % anchors != 0 || shape[0] == 0) {
      return Optional.empty();
    }
    int classes = shape[0] / anchors;
    EfficientDetConfig other = fit.config().withClasses(classes);
    return WeightsFit.of(fit.scheme(), other, shapes).fits()
        ? Optional.of(
            ("These are weights for %d classes, not %d: give a label file with %d names (--labels of"
                    + " vigil model export), or, to train, keep all but the class net's last layer"
                    + " (--keep body).")
                .formatted(classes, fit.config().classes(), classes))
        : Optional.empty();
  }

  private static List<String> lines(Map<String, int[]> tensors) {
    List<String> lines = new ArrayList<>();
    tensors.forEach(
        (name, shape) -> lines.add(Printable.text(name) + " " + Arrays.toString(shape)));
    return lines;
  }

  private static List<String> misshaped(WeightsFit fit) {
    List<String> lines = new ArrayList<>();
    fit.misshaped()
        .forEach(
            (name, shapes) ->
                lines.add(
                    "%s %s, needed is %s"
                        .formatted(
                            name,
                            Arrays.toString(shapes.inFile()),
                            Arrays.toString(shapes.needed()))));
    return lines;
  }

  private static void append(StringBuilder text, String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    text.append("%n%s:".formatted(title));
    lines.forEach(line -> text.append("%n  %s".formatted(line)));
  }
}
