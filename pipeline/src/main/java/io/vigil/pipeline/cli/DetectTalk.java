package io.vigil.pipeline.cli;

import io.vigil.pipeline.cli.JobRunner.Outcome;
import io.vigil.pipeline.report.ReportResult;
import java.util.Locale;

/** What {@code vigil detect} says on its way. */
record DetectTalk(Console console, RunDirectory directory) {

  void report(ReportResult report) {
    new Talk(console).problems(report.problems());
    console.print(report.summary().text());
  }

  void finished(Results results) {
    new Talk(console).failedFrames(results.failedFrames());
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
