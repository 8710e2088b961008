package io.vigil.pipeline.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with training data, gathered so that it can be told at once: the first few of each
 * kind, and how many there are.
 */
public final class DataProblems {
  private static final int SHOWN_OF_A_KIND = 5;

  private final Map<String, List<String>> byKind = new LinkedHashMap<>();

  /**
   * @param kind what is wrong and the way out, the same for all of its kind
   * @param where the file or annotation
   */
  void add(String kind, String where) {
    byKind.computeIfAbsent(kind, ignored -> new ArrayList<>()).add(where);
  }

  public boolean isEmpty() {
    return byKind.isEmpty();
  }

  public int count() {
    return byKind.values().stream().mapToInt(List::size).sum();
  }

  /** A line a kind, and one for each that is shown. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    byKind.forEach(
        (kind, places) -> {
          lines.add("%d x %s".formatted(places.size(), kind));
          places.stream().limit(SHOWN_OF_A_KIND).map("    %s"::formatted).forEach(lines::add);
          if (places.size() > SHOWN_OF_A_KIND) {
            lines.add("    ... and %d more".formatted(places.size() - SHOWN_OF_A_KIND));
          }
        });
    return lines;
  }
}
