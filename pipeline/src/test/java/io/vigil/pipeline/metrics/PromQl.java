package io.vigil.pipeline.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for: enough of the language for dashboards and alerts.
 *
 * @param labels in matchers, groupings and joins
 */
record PromQl(Set<String> metrics, Set<String> labels) {

  private static final Pattern TOKEN =
      Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*|\\$\\w+|\\d[\\w.]*|\\S");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Set<String> LISTS_LABELS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  static PromQl of(String expression) {
    var asked = new PromQl(new HashSet<>(), new HashSet<>());
    var unquoted = expression.replaceAll("\"[^\"]*\"", "0");
    asked.read(TOKEN.matcher(unquoted).results().map(MatchResult::group).toList());
    return asked;
  }

  private void read(List<String> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      var next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
      if (LISTS_LABELS.contains(token) || token.equals("{")) {
        i = readLabels(tokens, i, token.equals("{") ? "}" : ")");
      } else if (NAME.matcher(token).matches()
          && !WORDS.contains(token)
          && !next.equals("(")
          && !LISTS_LABELS.contains(next)) {
        metrics.add(token);
      }
    }
  }

  /**
   * @return the place of the end
   */
  private int readLabels(List<String> tokens, int start, String end) {
    int i = start + 1;
    for (; !tokens.get(i).equals(end); i++) {
      if (NAME.matcher(tokens.get(i)).matches()) {
        labels.add(tokens.get(i));
      }
    }
    return i;
  }
}
