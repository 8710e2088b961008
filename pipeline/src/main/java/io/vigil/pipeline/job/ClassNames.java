package io.vigil.pipeline.job;

import io.vigil.model.config.Suggestion;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The classes that a user named, as places in a model's label map. */
final class ClassNames {
  private ClassNames() {}

  /**
   * @throws ConfigException naming every class that the model does not know
   */
  static Set<Integer> indices(List<String> names, List<Label> labels, String origin) {
    var indices = new HashSet<Integer>();
    var problems = new ArrayList<Problem>();
    for (var name : names) {
      var found = indicesOf(name, labels);
      indices.addAll(found);
      if (found.isEmpty()) {
        problems.add(unknown(name, labels));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(origin, problems);
    }
    return indices;
  }

  /** Several, if the label map has a name several times. */
  private static List<Integer> indicesOf(String name, List<Label> labels) {
    var indices = new ArrayList<Integer>();
    for (int index = 0; index < labels.size(); index++) {
      if (labels.get(index).name().equalsIgnoreCase(name)) {
        indices.add(index);
      }
    }
    return indices;
  }

  /**
   * A label with the name in it, as "dining table" has "table", else the nearest by its letters.
   */
  private static Optional<String> near(String name, List<String> known) {
    return known.stream()
        .filter(label -> name.length() > 2 && label.contains(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .or(() -> Suggestion.nearest(name, known));
  }

  private static Problem unknown(String name, List<Label> labels) {
    var known = labels.stream().map(Label::name).distinct().toList();
    var near = near(name, known).map(n -> " Did you mean " + n + "?").orElse("");
    var examples = String.join(", ", known.subList(0, Math.min(5, known.size())));
    return new Problem(
        "detection.classes: " + name,
        "the model knows no such class.%s It has %d: %s, ..."
            .formatted(near, known.size(), examples));
  }
}
