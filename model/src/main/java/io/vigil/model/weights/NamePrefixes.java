package io.vigil.model.weights;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What wrappers put before every name: DataParallel {@code module.}, others {@code model.}. */
public final class NamePrefixes {
  private static final List<String> PREFIXES = List.of("module.", "model.");

  private NamePrefixes() {}

  /** Without the prefixes that all names have. */
  public static <T> Map<String, T> stripped(Map<String, T> named) {
    for (String prefix : PREFIXES) {
      if (!named.isEmpty() && named.keySet().stream().allMatch(name -> name.startsWith(prefix))) {
        return stripped(
            named.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue)));
      }
    }
    return named;
  }
}
