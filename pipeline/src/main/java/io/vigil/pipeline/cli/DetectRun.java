package io.vigil.pipeline.cli;

import io.vigil.pipeline.report.Report;
import io.vigil.pipeline.report.ReportException;
import io.vigil.pipeline.report.ReportRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One {@code vigil detect}, from the plan to the last file. */
final class DetectRun {
  private final DetectPlan plan;
  private final DetectTalk talk;
  private final Console console;
  private final RunDirectory directory;
  private final Interrupt interrupt;

  DetectRun(Console console, Interrupt interrupt, DetectPlan plan) {
    this.console = console;
    this.interrupt = interrupt;
    this.plan = plan;
    this.talk = new DetectTalk(console, plan.directory());
    this.directory = plan.directory();
  }

  ExitCode run() throws Exception {
    interrupt.beforeQuitting(this::quit);
    try {
      return begun();
    } finally {
      directory.removeIfNothingStarted();
    }
  }

  /** Nothing may go wrong here, as the process is about to end. */
  private void quit() {
    try {
      talk.quit();
      directory.removeIfNothingStarted();
    } catch (IOException | UncheckedIOException e) {
      // what is left is in the way of nothing
    }
  }

  private ExitCode begun() throws Exception {
    var earlier = directory.earlierDetected();
    var id = plan.resumed().map(Request::id).orElseGet(() -> "vigil-" + UUID.randomUUID());
    var ready = ready(earlier.isEmpty() ? Optional.of(id) : Optional.empty());
    var opening = new Talk(console);
    opening.problems(plan.problems());
    opening.problems(ready.videos().problems());
    opening.start(ready.videos(), ready.job().model().metadata(), false);
    var detected =
        earlier.isPresent()
            ? earlier
            : new Detection(console, interrupt, plan, ready, talk, id).run();
    return detected.isPresent() ? drawn(detected.get(), ready) : ExitCode.INTERRUPTED;
  }

  private Ready ready(Optional<String> id) {
    var checks = Checks.spelled(JobOptions::spelled);
    checks.of(directory::made);
    var asked =
        new Ready.Asked(
            plan.config(),
            plan.files(),
            plan.problems(),
            model -> plan.resumed().map(run -> run.requireSame(model)).orElse(model));
    return Ready.of(asked, id, checks);
  }

  private ExitCode drawn(Detected detected, Ready ready) throws IOException {
    var progress = new DrawingProgress(console, interrupt);
    try {
      var report = Report.write(request(detected, ready), progress);
      progress.end();
      directory.finish();
      talk.finished(report, detected, plan.config().kafka().topic());
      return exitCode(detected, ready, report.problems());
    } catch (DrawingProgress.Stopped e) {
      progress.end();
      talk.stoppedDrawing(detected.results());
      return ExitCode.INTERRUPTED;
    } catch (ReportException e) {
      progress.end();
      talk.notDrawn(detected.results(), e);
      return ExitCode.PARTLY;
    }
  }

  private ReportRequest request(Detected detected, Ready ready) {
    return new ReportRequest(
        directory.path(),
        directory.events(),
        plan.files(),
        detected.results().ledgers(),
        detected.results().failures(),
        ready.job().model().metadata(),
        plan.config().model().device().here().toString(),
        detected.elapsed(),
        plan.extras().formats(),
        plan.extras().pictures());
  }

  private ExitCode exitCode(Detected detected, Ready ready, List<String> undrawn) {
    if (detected.results().frames() == 0) {
      return ExitCode.FAILED;
    }
    boolean everything =
        undrawn.isEmpty()
            && detected.hidden() <= 0
            && plan.problems().isEmpty()
            && ready.videos().problems().isEmpty()
            && !detected.results().anythingFailed();
    return everything ? ExitCode.DONE : ExitCode.PARTLY;
  }
}
