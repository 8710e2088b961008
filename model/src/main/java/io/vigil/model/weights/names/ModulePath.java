package io.vigil.model.weights.names;

import java.util.ArrayList;
import java.util.List;

/** The parts of a module's canonical name. */
record ModulePath(List<String> parts) {

  static ModulePath of(String module) {
    return new ModulePath(List.of(module.split("\\.")));
  }

  String part(int place) {
    return parts.get(place);
  }

  /** The number at the end of a part: 5 of {@code topdown5}. */
  int number(int place) {
    return Integer.parseInt(parts.get(place).replaceFirst("^\\D+", ""));
  }

  /** A part without the number at its end. */
  String word(int place) {
    return parts.get(place).replaceFirst("\\d+$", "");
  }

  String from(int place) {
    return String.join(".", new ArrayList<>(parts.subList(place, parts.size())));
  }

  IllegalArgumentException unknown() {
    return new IllegalArgumentException("No family names a module '" + from(0) + "'.");
  }
}
