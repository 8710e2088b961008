package io.vigil.pipeline.config;

import io.vigil.model.config.Suggestion;
import io.vigil.model.runtime.ModelMetadata.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The classes that a user named, as places in a model's label map.
 *
 * @param problems takes every name that the model does not know
 */
public record ClassNames(List<Label> labels, List<Problem> problems) {

  /**
   * Several, if the label map has a name several times; none if it does not have it.
   *
   * @param key of the configuration that the name was given under
   */
  public List<Integer> indices(String key, String name) {
    var indices = new ArrayList<Integer>();
    for (int index = 0; index < labels.size(); index++) {
      if (labels.get(index).name().equalsIgnoreCase(name)) {
        indices.add(index);
      }
    }
    if (indices.isEmpty()) {
      problems.add(unknown(key, name));
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

  private Problem unknown(String key, String name) {
    var known = labels.stream().map(Label::name).distinct().toList();
    var near = near(name, known).map(n -> " Did you mean " + n + "?").orElse("");
    var examples = String.join(", ", known.subList(0, Math.min(5, known.size())));
    return new Problem(
        key + ": " + name,
        "the model knows no such class.%s It has %d: %s, ..."
            .formatted(near, known.size(), examples));
  }
}
