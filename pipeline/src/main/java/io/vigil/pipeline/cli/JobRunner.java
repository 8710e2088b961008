package io.vigil.pipeline.cli;

import io.vigil.connectors.kafka.read.EventProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Watches a job in this process until it is over or asked to stop, and shows how far it is.
 *
 * @param expected frames in all, 0 if not known
 */
record JobRunner(Console console, Interrupt interrupt, LocalKafka kafka, long expected) {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration DRAIN = Duration.ofSeconds(30);

  /** How a job ended. */
  enum End {
    FINISHED,
    /** Stopped when asked to; all that was in hand is committed. */
    DRAINED,
    FAILED
  }

  /**
   * How a job ended, and when.
   *
   * @param failure why, if it failed
   */
  record Outcome(End end, Optional<Throwable> failure) {}

  /** Runs the job to its end, or until a signal asks it to stop. */
  Outcome run(LocalJob.Graph graph, LocalJob.Settings settings, Request request) throws Exception {
    try (var job = LocalJob.start(graph, settings)) {
      interrupt.drainable(true);
      return watch(job, settings.checkpoints(), request);
    } finally {
      interrupt.drainable(false);
    }
  }

  private Outcome watch(LocalJob job, Path savepoints, Request request)
      throws InterruptedException {
    var streams = request.files().keySet();
    var display = new ProgressDisplay(console, expected);
    try (var progress =
        EventProgress.from(kafka.connection(), kafka.topics().all(), request.offsets())) {
      while (!job.isDone()) {
        progress.poll(LOOK);
        show(display, progress, streams);
        if (interrupt.requested()) {
          display.end();
          return drained(job, savepoints);
        }
        if (kafka.failure().isPresent()) {
          return failed(kafka.failure().get());
        }
        if (streams.stream().allMatch(progress::isOver)) {
          // the last events become visible, and the job ends, with a checkpoint after the last
          // frame
          job.checkpoint();
        }
      }
      progress.poll(LOOK);
      show(display, progress, streams);
    } finally {
      display.end();
    }
    return job.failure()
        .map(this::failed)
        .orElseGet(() -> new Outcome(End.FINISHED, Optional.empty()));
  }

  private void show(ProgressDisplay display, EventProgress progress, Set<String> streams) {
    long frames = 0;
    long detections = 0;
    for (var stream : streams) {
      var counts = progress.of(stream);
      frames += counts.frames();
      detections += counts.detections();
    }
    display.update(System.nanoTime(), frames, detections);
  }

  private Outcome drained(LocalJob job, Path savepoints) throws InterruptedException {
    console.tell("Stopping: finishing the frames in hand. Ctrl-C again quits at once.");
    if (job.drain(savepoints, DRAIN)) {
      return new Outcome(End.DRAINED, Optional.empty());
    }
    return failed(
        job.failure()
            .orElseGet(
                () ->
                    new CommandException(
                        ExitCode.INTERRUPTED,
                        "the job did not come to an orderly end in "
                            + DRAIN.toSeconds()
                            + " s; what was committed until its last checkpoint stays")));
  }

  /** A broker that died explains the job's failure better than the job does. */
  private Outcome failed(Throwable failure) {
    Throwable told = kafka.failure().isPresent() ? kafka.failure().get() : failure;
    return new Outcome(End.FAILED, Optional.of(told));
  }
}
