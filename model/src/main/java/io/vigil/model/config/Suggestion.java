package io.vigil.model.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean …?" */
public final class Suggestion {
  private Suggestion() {}

  /** The known word that takes the fewest edits, if those are at most half of the longer word. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
        .filter(
            candidate -> 2 * edits(word, candidate) <= Math.max(word.length(), candidate.length()));
  }

  /** Levenshtein's distance, without regard to case. */
  private static int edits(String from, String to) {
    var a = from.toLowerCase(Locale.ROOT);
    var b = to.toLowerCase(Locale.ROOT);
    var row = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
