package io.vigil.pipeline.cli;

import io.vigil.pipeline.cli.JobRunner.Outcome;
import io.vigil.pipeline.report.ReportException;
import io.vigil.pipeline.report.ReportResult;
import java.util.List;
import java.util.Locale;

/** What {@code vigil detect} says on its way. */
record DetectTalk(Console console, RunDirectory directory) {

  void finished(ReportResult report, Detected detected, String topic) {
    var talk = new Talk(console);
    var results = detected.results();
    talk.problems(report.problems());
    console.print(report.summary().text());
    talk.failedFrames(results.failedFrames());
    if (detected.hidden() > 0) {
      talk.problems(
          List.of(
              "%d events are on topic %s and not in %s: another job's transaction there is open"
                  .formatted(detected.hidden(), topic, directory.events())));
    }
    if (results.frames() > 0) {
      console.print("Everything is in " + directory.path() + "; the events are in events.jsonl.");
    } else if (!results.anythingFailed()) {
      talk.nothingLookedAt(results);
    }
  }

  void drained(Results results) {
    console.print(
        "Stopped: %s are done and committed; their events are in %s."
            .formatted(counts(results), directory.events()));
    console.print(goOn());
  }

  void stoppedDrawing(Results results) {
    console.print(
        "Stopped while drawing: %s are all done and committed; their events are in %s."
            .formatted(counts(results), directory.events()));
    console.print("Draw with: " + resume());
  }

  void notDrawn(Results results, ReportException e) {
    new Talk(console).problems(List.of(e.getMessage()));
    console.print(
        "%s are all done and committed; their events are in %s."
            .formatted(counts(results), directory.events()));
    console.print("Draw with: " + resume());
  }

  private static String counts(Results results) {
    return String.format(
        Locale.ROOT, "%,d frames with %,d detections", results.frames(), results.detections());
  }

  CommandException failed(Outcome outcome) {
    var failure = outcome.failure().orElseThrow();
    var code = failure instanceof CommandException command ? command.exitCode() : ExitCode.FAILED;
    return new CommandException(
        code,
        "%s%nThe log is %s. %s".formatted(Failures.message(failure), directory.log(), goOn()),
        failure);
  }

  /** Events that are on the topic and could not be written to their file. */
  CommandException unread(Outcome outcome, String topic, String reason, Throwable cause) {
    return new CommandException(
        ExitCode.PARTLY,
        String.format(
            Locale.ROOT,
            "%s: cannot be written (%s). All %,d events are committed, on topic %s, and stay there.%nFree some space; %s",
            directory.events(),
            reason,
            outcome.frames(),
            topic,
            goOn().replaceFirst("^G", "g")),
        cause);
  }

  /** Before the process ends at once. */
  void quit() {
    console.endLine();
    console.tell(
        directory.isUnfinished()
            ? "Stopped at once; what was committed stays. " + goOn()
            : "Stopped; nothing was started.");
  }

  private String goOn() {
    return "Go on with: " + resume();
  }

  private String resume() {
    return "vigil detect --resume --out " + directory.path();
  }
}
