package io.vigil.pipeline.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One reading of a configuration: how its keys are spelled, and what was found wrong with it. */
final class Reading {
  private final Map<String, String> options;
  private final References references;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param options the command line's option for a key, such as {@code --score} for {@code
   *     detection.score}; keys without one are told by their path
   */
  Reading(Map<String, String> options, References references) {
    this.options = Map.copyOf(options);
    this.references = references;
  }

  References references() {
    return references;
  }

  void refuse(String path, Object value, String rule) {
    problems.add(new Problem(spelled(path, value), rule));
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private String spelled(String path, Object value) {
    var option = options.get(path);
    var name = option == null ? path : option;
    if (value == null) {
      return name;
    }
    return name + (option == null ? ": " : " ") + value;
  }
}
