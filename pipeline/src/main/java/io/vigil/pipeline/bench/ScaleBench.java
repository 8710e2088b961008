package io.vigil.pipeline.bench;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.faults.Clip;
import io.vigil.pipeline.trial.EventWatch;
import io.vigil.pipeline.trial.TrialDetector;
import io.vigil.pipeline.trial.TrialJob;
import io.vigil.pipeline.trial.Trials;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Frames/s of 1, 2 and 4 task managers, each with a device of its own that takes its time without
 * using the machine's cores, so that only the job's own part could keep them from scaling.
 *
 * @param files of 120 frames each, dealt out to the task managers
 * @param folder for the broker, checkpoints and the clip
 */
public record ScaleBench(int pictureMillis, int files, Path folder) {

  /** Frames/s over those of one task manager that 2 and 4 are to reach. */
  public static final double GOAL_2 = 1.9;

  public static final double GOAL_4 = 3.6;

  private static final int BATCH = 4;
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** Returns whether the goals were met. */
  public boolean run(PrintWriter out) throws Exception {
    try (var broker = EmbeddedBroker.at(folder.resolve("broker")).start()) {
      var connection = KafkaConnection.to(broker.bootstrapServers());
      out.printf(
          Locale.ROOT,
          "%d files of 120 frames, %d ms a frame; %s%n",
          files,
          pictureMillis,
          EventWatch.load());
      double one = measure(1, connection, out);
      double two = measure(2, connection, out) / one;
      double four = measure(4, connection, out) / one;
      boolean good = two >= GOAL_2 && four >= GOAL_4;
      out.printf(
          Locale.ROOT,
          "2 over 1: %.2f (at least %.1f), 4 over 1: %.2f (at least %.1f): %s%n",
          two,
          GOAL_2,
          four,
          GOAL_4,
          good ? "met" : "MISSED");
      out.flush();
      return good;
    }
  }

  private double measure(int taskManagers, KafkaConnection connection, PrintWriter out)
      throws Exception {
    var topics = EventTopics.named("scale-" + taskManagers + "-" + UUID.randomUUID());
    var detector =
        new TrialDetector.OnePerTask(
            new TrialDetector.Factory("scale", Duration.ofMillis(pictureMillis)));
    var clips = new TreeMap<String, Path>();
    for (int i = 0; i < files; i++) {
      clips.put("clip-" + i, Clip.LARGE.in(folder));
    }
    var sink = Trials.sink(connection, topics, new Delivery.AtLeastOnce());
    var settings =
        new TrialJob.Settings(
            taskManagers, 1, Duration.ofSeconds(10), folder.resolve("checkpoints"));
    try (var watch = EventWatch.of(connection, topics);
        var job =
            TrialJob.start(
                settings, Trials.files(clips), Trials.inference(detector, BATCH), sink)) {
      return framesPerSecond(watch, job, taskManagers, out);
    }
  }

  /** From the first event to the last. */
  private double framesPerSecond(EventWatch watch, TrialJob job, int taskManagers, PrintWriter out)
      throws Exception {
    long frames = files * 120L;
    watch.await(LIMIT, () -> watch.seen() > 0);
    long first = watch.seen();
    long start = System.nanoTime();
    if (!watch.await(LIMIT, () -> watch.seen() >= frames)) {
      throw new IllegalStateException(
          "only %d of %d frames came in %d min; the job is %s"
              .formatted(watch.seen(), frames, LIMIT.toMinutes(), job.status()));
    }
    double rate = (frames - first) * 1e9 / (System.nanoTime() - start);
    out.printf(Locale.ROOT, "  %d task managers: %.1f frames/s%n", taskManagers, rate);
    out.flush();
    return rate;
  }
}
