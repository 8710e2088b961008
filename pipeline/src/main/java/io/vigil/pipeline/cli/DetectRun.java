package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.cli.JobRunner.End;
import io.vigil.pipeline.cli.JobRunner.Outcome;
import io.vigil.pipeline.config.KafkaConfig;
import io.vigil.pipeline.job.ConfiguredJob;
import io.vigil.pipeline.job.Places;
import io.vigil.pipeline.report.Report;
import io.vigil.pipeline.report.ReportException;
import io.vigil.pipeline.report.ReportRequest;
import io.vigil.pipeline.report.ReportRequest.Format;
import io.vigil.pipeline.report.ReportRequest.Picture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One {@code vigil detect}, from the plan to the last file. */
final class DetectRun {
  private final DetectPlan plan;
  private final DetectTalk talk;
  private final Console console;
  private final Set<Format> formats;
  private final Set<Picture> pictures;
  private final RunDirectory directory;
  private final Interrupt interrupt;

  DetectRun(
      Console console,
      Interrupt interrupt,
      DetectPlan plan,
      Set<Format> formats,
      Set<Picture> pictures) {
    this.console = console;
    this.interrupt = interrupt;
    this.plan = plan;
    this.talk = new DetectTalk(console, plan.directory());
    this.formats = formats;
    this.pictures = pictures;
    this.directory = plan.directory();
  }

  /** What a run has come to before its pictures are drawn. */
  private record Detected(Outcome outcome, Results results, Duration elapsed) {}

  ExitCode run() throws Exception {
    try {
      return begun();
    } finally {
      directory.removeIfNothingStarted();
    }
  }

  private ExitCode begun() throws Exception {
    var videos = Videos.probe(plan.files()).orRefuse(plan.problems());
    var opening = new Talk(console);
    opening.problems(plan.problems());
    opening.problems(videos.problems());
    var model = ModelFiles.resolve(plan.config().model().file(), Places.models());
    var job = ConfiguredJob.of(plan.config(), plan.files(), model);
    opening.start(videos, model.metadata());
    var detected = detect(job, videos);
    return detected.outcome.end() == End.FINISHED
        ? finished(detected, model, videos)
        : stopped(detected);
  }

  private Detected detect(ConfiguredJob job, Videos videos) throws Exception {
    directory.make();
    try (var kafka = LocalKafka.open(plan.config().kafka(), directory.broker())) {
      return detect(kafka, job, videos);
    }
  }

  private Detected detect(LocalKafka kafka, ConfiguredJob job, Videos videos) throws Exception {
    var id = plan.resumed().map(Request::id).orElseGet(() -> "vigil-" + UUID.randomUUID());
    var sink = kafka.sink(plan.config(), id);
    var request = plan.resumed().isPresent() ? plan.resumed().get() : newRequest(id, kafka);
    request.write(directory.request());
    long began = System.currentTimeMillis();
    var runner =
        new JobRunner(
            console,
            interrupt,
            kafka,
            plan.files().keySet(),
            request.offsets(),
            videos.expectedFrames(plan.config().source()));
    var outcome = runner.run(environment -> job.build(environment, sink), settings());
    long ended = System.currentTimeMillis();
    if (kafka.failure().isPresent()) {
      throw talk.failed(outcome);
    }
    boolean mayRepeat = plan.config().kafka().delivery() == KafkaConfig.Delivery.AT_LEAST_ONCE;
    var extent = new Results.Extent(request.offsets(), plan.files().keySet(), began, mayRepeat);
    var results = Results.read(kafka, extent, Optional.of(directory.events()));
    // From the first event, not from the start: a cluster and a network take seconds to come up
    var elapsed = Duration.ofMillis(Math.max(1, ended - Math.min(ended, results.firstWritten())));
    return new Detected(outcome, results, elapsed);
  }

  private Request newRequest(String id, LocalKafka kafka) throws IOException {
    return Request.of(id, plan.files(), plan.values(), kafka.offsets());
  }

  private LocalJob.Settings settings() {
    var from = plan.resumed().flatMap(request -> directory.latestCheckpoint());
    return LocalJob.Settings.of(
        plan.config(),
        plan.files().size(),
        directory.checkpoints().toUri().toString(),
        from.map(path -> path.toUri().toString()));
  }

  private ExitCode stopped(Detected detected) {
    if (detected.outcome.end() == End.FAILED) {
      throw talk.failed(detected.outcome);
    }
    talk.drained(detected.results);
    return ExitCode.INTERRUPTED;
  }

  private ExitCode finished(Detected detected, ModelFiles.Resolved model, Videos videos)
      throws IOException {
    directory.endDetection();
    boolean whole = report(detected, model) & allVisible(detected);
    directory.finish();
    talk.finished(detected.results);
    if (detected.results.frames() == 0) {
      return ExitCode.FAILED;
    }
    boolean everything =
        whole
            && plan.problems().isEmpty()
            && videos.problems().isEmpty()
            && !detected.results.anythingFailed();
    return everything ? ExitCode.DONE : ExitCode.PARTLY;
  }

  /** Whether no open transaction of another job hides events of this one. */
  private boolean allVisible(Detected detected) {
    long hidden = detected.outcome.frames() - detected.results.frames();
    if (hidden > 0) {
      var topic = plan.config().kafka().topic();
      new Talk(console)
          .problems(
              List.of(
                  "%d events are on topic %s and not in %s: another job's transaction there is open"
                      .formatted(hidden, topic, directory.events())));
    }
    return hidden <= 0;
  }

  /** Whether everything could be written and drawn. */
  private boolean report(Detected detected, ModelFiles.Resolved model) {
    var drawing = new DrawingProgress(console);
    try {
      var report =
          Report.write(
              new ReportRequest(
                  directory.path(),
                  directory.events(),
                  plan.files(),
                  detected.results.ledgers(),
                  detected.results.failures(),
                  model.metadata(),
                  plan.config().model().device().here().toString(),
                  detected.elapsed,
                  formats,
                  pictures),
              drawing);
      drawing.end();
      talk.report(report);
      return report.problems().isEmpty();
    } catch (ReportException e) {
      drawing.end();
      new Talk(console).problems(List.of(e.getMessage()));
      return false;
    }
  }
}
