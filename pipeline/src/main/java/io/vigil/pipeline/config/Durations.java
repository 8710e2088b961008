package io.vigil.pipeline.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as people write them: {@code 20ms}, {@code 1m30s}, {@code 90}, {@code 1:30.5}. */
final class Durations {
  private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,9})?)";
  private static final Pattern UNITS =
      Pattern.compile(
          "(?:" + NUMBER + "h)?(?:" + NUMBER + "m(?!s))?(?:" + NUMBER + "s)?(?:" + NUMBER + "ms)?");
  private static final Pattern CLOCK =
      Pattern.compile("(?:(?:(\\d{1,4}):)?(\\d{1,4}):)?(\\d{1,9}(?:\\.\\d{1,9})?)");

  private Durations() {}

  /** A time with its unit, such as {@code 20ms} or {@code 1m30s}; a bare number is none but 0. */
  static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    var match = UNITS.matcher(text);
    if (text.isEmpty() || !match.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        seconds(match.group(1), 3600_000L)
            .plus(seconds(match.group(2), 60_000L))
            .plus(seconds(match.group(3), 1000L))
            .plus(seconds(match.group(4), 1L)));
  }

  /** A place in a video: a time with its unit, seconds, or {@code hours:minutes:seconds}. */
  static Optional<Duration> parsePosition(String text) {
    var match = CLOCK.matcher(text);
    if (!match.matches()) {
      return parse(text);
    }
    return Optional.of(
        seconds(match.group(1), 3600_000L)
            .plus(seconds(match.group(2), 60_000L))
            .plus(seconds(match.group(3), 1000L)));
  }

  private static Duration seconds(String number, long millisOfUnit) {
    if (number == null) {
      return Duration.ZERO;
    }
    var nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(millisOfUnit * 1_000_000L));
    return Duration.ofSeconds(0, nanos.longValue());
  }
}
