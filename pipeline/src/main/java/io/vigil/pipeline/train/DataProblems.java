package io.vigil.pipeline.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with training data, gathered so that it can be told at once. */
public final class DataProblems {
  private static final int SUMMARY_OF_A_KIND = 5;

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

  /** A line a kind, and one for each of it. */
  public List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /** A line a kind, the first few of it, and how many more there are. */
  public List<String> summary() {
    return lines(SUMMARY_OF_A_KIND);
  }

  private List<String> lines(int most) {
    var lines = new ArrayList<String>();
    byKind.forEach(
        (kind, places) -> {
          lines.add("%d x %s".formatted(places.size(), kind));
          places.stream().limit(most).map("    %s"::formatted).forEach(lines::add);
          if (places.size() > most) {
            lines.add("    ... and %d more".formatted(places.size() - most));
          }
        });
    return lines;
  }
}
