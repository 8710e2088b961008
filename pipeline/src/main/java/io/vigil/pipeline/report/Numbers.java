package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as text, the same in every locale. */
final class Numbers {
  private static final int MICROSECONDS = 6;

  private Numbers() {}

  static String decimals(double value, int count) {
    var rounded = BigDecimal.valueOf(value).setScale(count, RoundingMode.HALF_UP);
    return (rounded.signum() == 0 ? rounded.abs() : rounded).toPlainString();
  }

  /** The frame's time in the video, in seconds with microseconds. */
  static String seconds(FrameEvent event) {
    return BigDecimal.valueOf(event.pts())
        .multiply(BigDecimal.valueOf(event.timeBase().numerator()))
        .divide(
            BigDecimal.valueOf(event.timeBase().denominator()), MICROSECONDS, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /** A place in a video as players show it: 1:02.4, or 1:00:02.4. */
  static String clock(double seconds) {
    long tenths = Math.round(seconds * 10);
    long minutes = tenths / 600;
    var rest = String.format(Locale.ROOT, "%02d.%d", tenths % 600 / 10, Math.abs(tenths % 10));
    return minutes < 60
        ? minutes + ":" + rest
        : String.format(Locale.ROOT, "%d:%02d:%s", minutes / 60, minutes % 60, rest);
  }

  /** With separators: 12,345. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A count and its noun: 1 frame, 12,345 frames. */
  static String counted(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }
}
