package io.vigil.model.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What wrappers put before names: DataParallel {@code module.}, others {@code model.}, and moving
 * averages a prefix of their own, beside the names of what they are averages of.
 *
 * @param tensors by name, without the prefixes that all names have
 * @param averages the prefix of the averages, where they were taken; else empty
 */
public record NamePrefixes<T>(Map<String, T> tensors, String averages) {
  private static final List<String> WRAPPERS = List.of("module.", "model.");
  private static final List<String> AVERAGES =
      List.of("ema.", "model_ema.", "ema_model.", "module.ema.");

  /** What effdet's training bench computes, and keeps all the same. */
  private static final String ANCHORS = "anchors.boxes";

  /** Averages are what references evaluate, so they are taken where the file has them. */
  public static <T> NamePrefixes<T> stripped(Map<String, T> named) {
    Map<String, T> own = filtered(named, name -> !name.endsWith(ANCHORS));
    return averages(own)
        .map(prefix -> new NamePrefixes<>(unwrapped(below(own, prefix)), prefix))
        .orElseGet(() -> new NamePrefixes<>(unwrapped(own), ""));
  }

  /** A prefix that has a whole network, be it beside another or alone. */
  private static <T> Optional<String> averages(Map<String, T> named) {
    return AVERAGES.stream()
        .filter(
            prefix -> {
              int count = below(named, prefix).size();
              return count > 0 && 2 * count >= named.size() - count;
            })
        .findFirst();
  }

  private static <T> Map<String, T> unwrapped(Map<String, T> named) {
    for (String prefix : WRAPPERS) {
      Map<String, T> below = below(named, prefix);
      if (!named.isEmpty() && below.size() == named.size()) {
        return unwrapped(below);
      }
    }
    return named;
  }

  private static <T> Map<String, T> below(Map<String, T> named, String prefix) {
    Map<String, T> below = new LinkedHashMap<>();
    filtered(named, name -> name.startsWith(prefix))
        .forEach((name, value) -> below.put(name.substring(prefix.length()), value));
    return below;
  }

  private static <T> Map<String, T> filtered(Map<String, T> named, Predicate<String> which) {
    Map<String, T> filtered = new LinkedHashMap<>();
    named.forEach(
        (name, value) -> {
          if (which.test(name)) {
            filtered.put(name, value);
          }
        });
    return filtered;
  }
}
