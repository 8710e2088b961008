package io.vigil.pipeline.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a run is, in a line.
 *
 * @param frames done, those of an earlier part of the run included
 * @param expected frames in all, as far as the files tell; 0 if they do not
 * @param detections in the frames done
 * @param framesPerSecond now; 0 before the first
 */
record ProgressLine(long frames, long expected, long detections, double framesPerSecond) {

  @Override
  public String toString() {
    var known = expected > 0;
    var line =
        String.format(Locale.ROOT, known ? "%,d of %,d frames" : "%,d frames", frames, expected);
    if (framesPerSecond > 0) {
      line += String.format(Locale.ROOT, "  %.1f frames/s", framesPerSecond);
    }
    line += String.format(Locale.ROOT, "  %,d detections", detections);
    if (known && framesPerSecond > 0 && frames < expected) {
      line +=
          "  "
              + shortly(Duration.ofSeconds((long) ((expected - frames) / framesPerSecond)))
              + " left";
    }
    return line;
  }

  private static String shortly(Duration time) {
    if (time.toHours() > 0) {
      return "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + " s";
  }
}
