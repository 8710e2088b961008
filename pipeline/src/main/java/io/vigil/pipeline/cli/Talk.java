package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.job.Caution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What commands that run a job say on their way. */
record Talk(Console console) {

  void problems(List<String> problems) {
    problems.forEach(problem -> console.tell("vigil: " + problem));
  }

  /**
   * @param live whether real cameras are looked at, as far as is known
   */
  void start(Videos videos, ModelMetadata model, boolean live) {
    Caution.of(model)
        .ifPresent(caution -> console.tell(live ? "vigil: WARNING: " + caution : caution));
    videos
        .readable()
        .forEach(
            (id, info) ->
                console.tell(
                    String.format(
                        Locale.ROOT,
                        "%s: %d x %d, %s, %s",
                        id,
                        info.width(),
                        info.height(),
                        info.codec(),
                        length(info.estimatedFrames(), info.durationSeconds()))));
  }

  private static String length(long frames, double seconds) {
    var shown = seconds > 0 ? String.format(Locale.ROOT, "%.1f s", seconds) : "length not known";
    return frames > 0 ? shown + ", about " + frames + " frames" : shown;
  }

  /** Where no frame has an event: which were passed over, and why. */
  void nothingLookedAt(Results results) {
    var dropped = new TreeMap<String, Long>();
    results
        .ledgers()
        .values()
        .forEach(ledger -> ledger.dropped().forEach((why, n) -> dropped.merge(why, n, Long::sum)));
    console.tell(
        "vigil: no frame was looked at"
            + (dropped.containsKey("range")
                ? ": none lies in the part of the video that --start and --end leave"
                : ""));
  }

  /**
   * @param failed number by what failed
   */
  void failedFrames(Map<String, Long> failed) {
    failed.forEach((what, count) -> console.tell("vigil: %d x %s".formatted(count, what)));
  }
}
