package io.vigil.model.weights;

import io.vigil.model.weights.ParameterSpec.Role;
import io.vigil.model.weights.names.NameTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds values that no network can compute with: NaN, infinity, a variance below zero. */
final class ValueCheck {
  private static final int NAMES_SHOWN = 20;

  private ValueCheck() {}

  /**
   * @throws WeightsException if there are any; names all tensors that have them
   */
  static void check(Path path, List<ParameterSpec> parameters, NameTable table, Weights weights) {
    List<String> problems =
        parameters.stream()
            .flatMap(
                parameter ->
                    problem(parameter, weights.tensor(parameter.name()).values())
                        .map(what -> table.of(parameter.name()) + ": " + what)
                        .stream())
            .toList();
    if (!problems.isEmpty()) {
      throw new WeightsException(message(path, problems));
    }
  }

  private static Optional<String> problem(ParameterSpec parameter, float[] values) {
    int infinite = 0;
    int negative = 0;
    for (float value : values) {
      infinite += Float.isFinite(value) ? 0 : 1;
      negative += parameter.role() == Role.BN_VARIANCE && value < 0 ? 1 : 0;
    }
    if (infinite > 0) {
      return Optional.of("%d of %d are NaN or infinite".formatted(infinite, values.length));
    }
    return negative > 0
        ? Optional.of("%d of %d variances are below zero".formatted(negative, values.length))
        : Optional.empty();
  }

  private static String message(Path path, List<String> problems) {
    var text = new StringBuilder();
    text.append(
        "%s holds values that no network can compute with, in %d tensors; its training went wrong or it is damaged."
            .formatted(path, problems.size()));
    problems.stream().limit(NAMES_SHOWN).forEach(line -> text.append("%n  %s".formatted(line)));
    if (problems.size() > NAMES_SHOWN) {
      text.append("%n  … and %d more".formatted(problems.size() - NAMES_SHOWN));
    }
    return text.toString();
  }
}
