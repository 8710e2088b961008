package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.cli.JobRunner.Outcome;
import io.vigil.pipeline.report.ReportResult;
import java.util.List;
import java.util.Locale;

/** What {@code vigil detect} says on its way. */
record DetectTalk(Console console, RunDirectory directory) {

  void problems(List<String> problems) {
    problems.forEach(problem -> console.tell("vigil: " + problem));
  }

  void start(Videos videos, ModelMetadata model) {
    if (!model.trained()) {
      console.tell(
          "The weights of %s are untrained: what it detects means nothing. Trained ones: --model FILE"
              .formatted(model.name()));
    }
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

  void report(ReportResult report) {
    problems(report.problems());
    console.print(report.summary().text());
  }

  void finished(Results results) {
    results
        .failedFrames()
        .forEach((what, count) -> console.tell("vigil: %d x %s".formatted(count, what)));
    console.print("Everything is in " + directory.path() + "; the events are in events.jsonl.");
  }

  void drained(Results results) {
    console.print(
        String.format(
            Locale.ROOT,
            "Stopped: %,d frames with %,d detections are done and committed; their events are in %s.",
            results.frames(),
            results.detections(),
            directory.events()));
    console.print("Go on with: vigil detect --resume --out " + directory.path());
  }

  CommandException failed(Outcome outcome) {
    var failure = outcome.failure().orElseThrow();
    var code = failure instanceof CommandException command ? command.exitCode() : ExitCode.FAILED;
    return new CommandException(
        code,
        "%s%nThe log is %s. Go on with: vigil detect --resume --out %s"
            .formatted(Failures.message(failure), directory.log(), directory.path()),
        failure);
  }
}
