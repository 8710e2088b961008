package io.vigil.model.detect;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The one order of candidates: by falling logit, then by anchor, then by class, so that equal
 * scores come out alike on every machine. Logits that are not numbers have no place in it.
 */
final class Ranking {
  private Ranking() {}

  /** Places in the candidates, best first. */
  static int[] of(Candidates candidates) {
    return isRanked(candidates)
        ? IntStream.range(0, candidates.count()).toArray()
        : sorted(candidates);
  }

  private static boolean isRanked(Candidates candidates) {
    for (int i = 0; i < candidates.count(); i++) {
      if (Float.isNaN(candidates.logits()[i]) || i > 0 && compare(candidates, i - 1, i) > 0) {
        return false;
      }
    }
    return true;
  }

  private static int[] sorted(Candidates candidates) {
    Comparator<Integer> order = (a, b) -> compare(candidates, a, b);
    return IntStream.range(0, candidates.count())
        .filter(i -> !Float.isNaN(candidates.logits()[i]))
        .boxed()
        .sorted(order)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int compare(Candidates candidates, int a, int b) {
    int byLogit = Float.compare(candidates.logits()[b], candidates.logits()[a]);
    if (byLogit != 0) {
      return byLogit;
    }
    int byAnchor = Integer.compare(candidates.anchors()[a], candidates.anchors()[b]);
    return byAnchor != 0
        ? byAnchor
        : Integer.compare(candidates.classes()[a], candidates.classes()[b]);
  }
}
