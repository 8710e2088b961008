package io.vigil.pipeline.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts of memory as people and Flink write them: 500m, 4g, 4 gb. Units are powers of 1024. */
final class Sizes {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,18})b?|(\\d{1,6})\\s*([kmgt])(?:i?b)?");
  private static final String UNITS = "kmgt";

  private Sizes() {}

  static Optional<Long> parse(String text) {
    var size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        size.group(1) != null
            ? Long.parseLong(size.group(1))
            : Long.parseLong(size.group(2)) << 10 * (1 + UNITS.indexOf(size.group(3))));
  }
}
