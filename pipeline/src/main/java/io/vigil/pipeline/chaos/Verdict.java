package io.vigil.pipeline.chaos;

import java.util.ArrayList;
import java.util.List;

/** What was found after a fault. */
final class Verdict {

  private final List<String> violations = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();

  /**
   * @param otherwise what is wrong if it does not hold
   */
  void require(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }

  void note(String fact) {
    facts.add(fact);
  }

  boolean isGood() {
    return violations.isEmpty();
  }

  /** One line if all is well. */
  String text(String fault) {
    var text = new StringBuilder(fault);
    text.append(isGood() ? ": held" : ": BROKEN");
    text.append(facts.isEmpty() ? "" : " (" + String.join("; ", facts) + ")");
    violations.forEach(violation -> text.append("\n    ").append(violation));
    return text.toString();
  }
}
