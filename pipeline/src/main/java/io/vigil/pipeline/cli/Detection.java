package io.vigil.pipeline.cli;

import io.vigil.pipeline.cli.JobRunner.End;
import io.vigil.pipeline.cli.JobRunner.Outcome;
import io.vigil.pipeline.config.KafkaConfig;
import io.vigil.pipeline.report.FileProblem;
import java.io.IOException;
import java.util.Optional;

/**
 * The part of a detect run that writes events, and reads them back when they are committed.
 *
 * @param id of the run, and the prefix of its transactions
 */
record Detection(
    Console console,
    Interrupt interrupt,
    DetectPlan plan,
    Ready ready,
    DetectTalk talk,
    String id) {

  /**
   * @return empty if the run was stopped, which has been told
   */
  Optional<Detected> run() throws Exception {
    try (var kafka = LocalKafka.open(plan.config().kafka(), plan.directory().broker())) {
      var sinks = ready.sinks().orElseGet(() -> kafka.sinks(plan.config(), id));
      var request = plan.resumed().isPresent() ? plan.resumed().get() : newRequest(kafka);
      plan.directory().begin(request);
      long began = System.currentTimeMillis();
      var over = isOver(kafka, request, began);
      var runner = runner(kafka, request);
      var outcome =
          over
              ? Outcome.NOTHING_LEFT
              : runner.run(environment -> ready.job().build(environment, sinks), settings());
      long ended = System.currentTimeMillis();
      if (kafka.failure().isPresent()) {
        throw talk.failed(outcome);
      }
      return results(kafka, request, outcome, began, ended);
    }
  }

  private Request newRequest(LocalKafka kafka) throws IOException {
    return Request.of(id, plan, ready.job().model().metadata().digest(), kafka.offsets());
  }

  /**
   * Whether the run was ended between its last commit and the note of that. Flink has removed its
   * checkpoints then, so that going on would begin again and write every event twice.
   */
  private boolean isOver(LocalKafka kafka, Request request, long began) throws IOException {
    return plan.resumed().isPresent()
        && plan.directory().latestCheckpoint().isEmpty()
        && Results.streamsAreOver(kafka, extent(request, began));
  }

  private JobRunner runner(LocalKafka kafka, Request request) {
    return new JobRunner(
        console,
        interrupt,
        kafka,
        plan.files().keySet(),
        request.offsets(),
        ready.videos().expectedFrames(plan.config().source()));
  }

  private LocalJob.Settings settings() {
    var from = plan.resumed().flatMap(request -> plan.directory().latestCheckpoint());
    return LocalJob.Settings.of(
        plan.config(),
        plan.files().size(),
        plan.directory().checkpoints().toUri().toString(),
        from.map(path -> path.toUri().toString()));
  }

  private Results.Extent extent(Request request, long began) {
    boolean mayRepeat = plan.config().kafka().delivery() == KafkaConfig.Delivery.AT_LEAST_ONCE;
    return new Results.Extent(request.offsets(), plan.files().keySet(), began, mayRepeat);
  }

  private Optional<Detected> results(
      LocalKafka kafka, Request request, Outcome outcome, long began, long ended) {
    try {
      var events = Optional.of(plan.directory().events());
      var results = Results.read(kafka, extent(request, began), events);
      if (outcome.end() == End.FAILED) {
        throw talk.failed(outcome);
      }
      if (outcome.end() == End.DRAINED) {
        talk.drained(results);
        return Optional.empty();
      }
      // From the first event, not from the start: a cluster and a network take seconds to come up
      long elapsed = Math.max(0, ended - results.firstWritten());
      var detected = new Detected(outcome.frames() - results.frames(), elapsed, results);
      StateFile.write(plan.directory().detected(), detected);
      return Optional.of(detected);
    } catch (IOException e) {
      throw outcome.end() == End.FAILED
          ? talk.failed(outcome)
          : talk.unread(outcome, kafka.topics().frames(), FileProblem.reason(e), e);
    }
  }
}
