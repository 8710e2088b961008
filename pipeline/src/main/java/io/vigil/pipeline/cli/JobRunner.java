package io.vigil.pipeline.cli;

import io.vigil.connectors.kafka.read.EventProgress;
import io.vigil.connectors.kafka.read.EventProgress.Counts;
import io.vigil.events.StreamEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a job in this process until it is over or asked to stop, and shows how far it is: from the
 * topics, as a consumer would see it.
 *
 * @param streams of the run; others that write to the same topics are not counted. None if they are
 *     not known: then all are counted
 * @param offsets where the run's events begin, by topic and partition
 * @param expected frames in all, 0 if not known
 * @param bounded whether the job ends by itself when its streams do; cameras come back
 */
record JobRunner(
    Console console,
    Interrupt interrupt,
    LocalKafka kafka,
    Set<String> streams,
    Map<String, Map<Integer, Long>> offsets,
    long expected,
    boolean bounded) {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration DRAIN = Duration.ofSeconds(30);

  /** Of videos, which end. */
  JobRunner(
      Console console,
      Interrupt interrupt,
      LocalKafka kafka,
      Set<String> streams,
      Map<String, Map<Integer, Long>> offsets,
      long expected) {
    this(console, interrupt, kafka, streams, offsets, expected, true);
  }

  /** How a job ended. */
  enum End {
    FINISHED,
    /** Stopped when asked to; all that was in hand is committed. */
    DRAINED,
    FAILED
  }

  /**
   * How a job ended.
   *
   * @param frames that were seen, those of an earlier part of the run included
   * @param savepoint where it can go on, if it was stopped
   * @param failure why, if it failed
   */
  record Outcome(
      End end,
      long frames,
      long detections,
      Optional<String> savepoint,
      Optional<Throwable> failure) {

    /** Of a run whose events had all been committed before. */
    static final Outcome NOTHING_LEFT =
        new Outcome(End.FINISHED, 0, 0, Optional.empty(), Optional.empty());
  }

  /** Runs the job to its end, or until a signal asks it to stop. */
  Outcome run(LocalJob.Graph graph, LocalJob.Settings settings) throws Exception {
    var display = new ProgressDisplay(console, expected);
    try (var progress = EventProgress.from(kafka.connection(), kafka.topics().all(), offsets)) {
      catchUp(progress);
      try (var job = LocalJob.start(graph, settings)) {
        interrupt.drainable();
        return watch(job, progress, display);
      }
    } finally {
      display.end();
    }
  }

  /** What an earlier part of the run wrote says nothing of how fast this one is. */
  private static void catchUp(EventProgress progress) {
    var before = Counts.NONE;
    for (var now = progress.poll(LOOK); !now.equals(before); now = progress.poll(LOOK)) {
      before = now;
    }
  }

  private Outcome watch(LocalJob job, EventProgress progress, ProgressDisplay display)
      throws InterruptedException {
    while (!job.isDone()) {
      progress.poll(LOOK);
      if (!bounded) {
        tellStreams(progress);
        job.newFailure().ifPresent(this::tellFailure);
      }
      show(display, progress);
      if (kafka.failure().isPresent()) {
        return failed(progress, kafka.failure().get());
      }
      if (interrupt.requested()) {
        display.end();
        return drained(job, progress);
      }
      if (bounded && streams.stream().allMatch(progress::isOver)) {
        // The last events become visible, and the job ends, with a checkpoint after the last frame
        job.checkpoint();
      }
    }
    progress.poll(LOOK);
    show(display, progress);
    return job.failure()
        .map(failure -> failed(progress, failure))
        .orElseGet(() -> ended(End.FINISHED, progress, Optional.empty(), Optional.empty()));
  }

  /** Whoever watches cameras wants to see at once which of them is dead. */
  private void tellStreams(EventProgress progress) {
    for (var event : progress.streamEvents()) {
      if (streams.isEmpty() || streams.contains(event.streamId())) {
        var kind = event.kind().name().toLowerCase(Locale.ROOT);
        console.tell(event.streamId() + ": " + kind + detail(event));
      }
    }
  }

  private void tellFailure(Throwable failure) {
    console.tell("The job failed and goes on by itself: " + Failures.message(failure));
  }

  private static String detail(StreamEvent event) {
    if (event.gap() != null) {
      double seconds = (event.gap().to() - event.gap().from()) / 1000.0;
      long frames = event.gap().frames();
      var missing = frames > 0 ? ", about " + frames + " frames" : "";
      return String.format(Locale.ROOT, ", %.1f s%s", seconds, missing);
    }
    return event.detail().isEmpty() ? "" : ", " + event.detail();
  }

  private void show(ProgressDisplay display, EventProgress progress) {
    var counts = counts(progress);
    display.update(System.nanoTime(), counts.frames(), counts.detections());
  }

  private Counts counts(EventProgress progress) {
    if (streams.isEmpty()) {
      return progress.total();
    }
    long frames = 0;
    long detections = 0;
    for (var stream : streams) {
      frames += progress.of(stream).frames();
      detections += progress.of(stream).detections();
    }
    return new Counts(frames, detections);
  }

  private Outcome drained(LocalJob job, EventProgress progress) throws InterruptedException {
    console.tell("Stopping: finishing the frames in hand. Ctrl-C again quits at once.");
    var savepoint = job.drain(DRAIN);
    progress.poll(LOOK);
    if (savepoint.isPresent()) {
      return ended(End.DRAINED, progress, savepoint, Optional.empty());
    }
    if (job.isDone() && job.failure().isEmpty()) {
      return ended(End.FINISHED, progress, Optional.empty(), Optional.empty());
    }
    return failed(progress, job.failure().orElseGet(JobRunner::notInTime));
  }

  private static CommandException notInTime() {
    return new CommandException(
        ExitCode.INTERRUPTED,
        "the job did not come to an orderly end in %d s; what was committed until its last checkpoint stays"
            .formatted(DRAIN.toSeconds()));
  }

  /** A broker that died explains the job's failure better than the job does. */
  private Outcome failed(EventProgress progress, Throwable failure) {
    Throwable told = kafka.failure().isPresent() ? kafka.failure().get() : failure;
    return ended(End.FAILED, progress, Optional.empty(), Optional.of(told));
  }

  private Outcome ended(
      End end, EventProgress progress, Optional<String> savepoint, Optional<Throwable> failure) {
    var counts = counts(progress);
    return new Outcome(end, counts.frames(), counts.detections(), savepoint, failure);
  }
}
