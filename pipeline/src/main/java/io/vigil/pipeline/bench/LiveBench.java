package io.vigil.pipeline.bench;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.faults.Clip;
import io.vigil.faults.RtspServer;
import io.vigil.pipeline.trial.EventWatch;
import io.vigil.pipeline.trial.Latencies;
import io.vigil.pipeline.trial.StreamFigures;
import io.vigil.pipeline.trial.TrialDetector;
import io.vigil.pipeline.trial.TrialJob;
import io.vigil.pipeline.trial.Trials;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Cameras of a real RTSP server into a detector that is too slow for them: how long a frame takes
 * from its capture to a consumer, and whether the streams get the same share.
 *
 * <pre>{@code
 * var settings = new LiveBench.Settings(4, 45, 4, 2, Duration.ofMinutes(10), Duration.ofSeconds(10));
 * boolean good = new LiveBench(settings, temporaryFolder).run(LiveBench.atLeastOnce(), out);
 * }</pre>
 *
 * @param folder for the broker, checkpoints and clips
 */
public record LiveBench(Settings settings, Path folder) {

  /** Longest that 99 of 100 frames are to take; a checkpoint interval more if exactly once. */
  public static final Duration GOAL = Duration.ofMillis(1500);

  /** Frames that the worst-served stream is to get of those of the best. */
  public static final double FAIR = 0.8;

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final int SLOTS = 2;

  /**
   * What is tried.
   *
   * @param streams of 25 frames/s
   * @param pictureMillis that the detector takes for each frame
   * @param length of the measurement, after a warm-up
   */
  public record Settings(
      int streams, int pictureMillis, int batch, Duration length, Duration checkpointInterval) {}

  /** Returns whether the goals were met. */
  public boolean run(boolean exactlyOnce, PrintWriter out) throws Exception {
    try (var server = RtspServer.start(Clip.LARGE.in(folder));
        var broker = EmbeddedBroker.at(folder.resolve("broker")).start()) {
      var connection = KafkaConnection.to(broker.bootstrapServers());
      return run(server, connection, exactlyOnce, out);
    }
  }

  private boolean run(
      RtspServer server, KafkaConnection connection, boolean exactlyOnce, PrintWriter out)
      throws Exception {
    var topics = EventTopics.named("live-" + UUID.randomUUID());
    var delivery =
        exactlyOnce ? new Delivery.ExactlyOnce(topics.frames()) : new Delivery.AtLeastOnce();
    var cameras = ids().map(id -> CameraDefinition.builder(id, server.url()).build()).toList();
    var detector = new TrialDetector.Factory("live", Duration.ofMillis(settings.pictureMillis));
    var sink = Trials.sink(connection, topics, delivery);
    var cluster =
        new TrialJob.Settings(1, SLOTS, settings.checkpointInterval, folder.resolve("checkpoints"));
    try (var watch = EventWatch.of(connection, topics);
        var job =
            TrialJob.start(
                cluster,
                Trials.cameras(cameras),
                Trials.inference(detector, settings.batch),
                sink)) {
      measure(watch);
      return report(watch, job.restarts(), exactlyOnce, out);
    }
  }

  private Stream<String> ids() {
    return IntStream.rangeClosed(1, settings.streams).mapToObj(i -> "camera-" + i);
  }

  private void measure(EventWatch watch) throws Exception {
    boolean began = watch.await(START, () -> ids().allMatch(id -> watch.of(id).seen() > 0));
    if (!began) {
      throw new IllegalStateException(
          "No frame of some camera came in " + START.toSeconds() + " s; see the log");
    }
    watch.await(WARM_UP, () -> false);
    watch.startMeasuring();
    watch.await(settings.length, () -> false);
  }

  private boolean report(EventWatch watch, long restarts, boolean exactlyOnce, PrintWriter out) {
    var goal = exactlyOnce ? GOAL.plus(settings.checkpointInterval) : GOAL;
    var all = new Latencies();
    out.printf(
        Locale.ROOT,
        "%d streams of 25 frames/s, %d ms a frame, batch %d, %s, %d s; %s%n",
        settings.streams,
        settings.pictureMillis,
        settings.batch,
        exactlyOnce
            ? "exactly once, checkpoints every " + settings.checkpointInterval.toMillis() + " ms"
            : "at least once",
        settings.length.toSeconds(),
        EventWatch.load());
    var figures = ids().map(watch::of).toList();
    out.printf(
        "  %-12s %8s %8s %10s %10s %10s%n",
        "stream", "came", "detected", "p50 ms", "p99 ms", "most ms");
    ids()
        .forEach(
            id -> {
              var latencies = watch.of(id).latencies();
              latencies.addTo(all);
              print(out, id, watch.of(id).came(), latencies);
            });
    print(out, "all", figures.stream().mapToLong(StreamFigures::came).sum(), all);
    double fairness = fairness(figures);
    boolean fast = all.count() > 0 && all.quantile(0.99) <= goal.toMillis();
    boolean good = fast && fairness >= FAIR && restarts == 0;
    out.printf(
        Locale.ROOT,
        "capture to consumer p99 %d ms (at most %d): %s%n",
        all.quantile(0.99),
        goal.toMillis(),
        verdict(fast));
    out.printf(
        Locale.ROOT,
        "worst-served stream over best %.2f (at least %.1f): %s%n",
        fairness,
        FAIR,
        verdict(fairness >= FAIR));
    out.flush();
    return good;
  }

  private static void print(PrintWriter out, String name, long came, Latencies latencies) {
    out.printf(
        Locale.ROOT,
        "  %-12s %8d %8d %10d %10d %10d%n",
        name,
        came,
        latencies.count(),
        latencies.quantile(0.5),
        latencies.quantile(0.99),
        latencies.quantile(1));
  }

  private static double fairness(List<StreamFigures> figures) {
    var served =
        figures.stream().flatMapToLong(one -> LongStream.of(one.measured())).summaryStatistics();
    return served.getMax() == 0 ? 0 : (double) served.getMin() / served.getMax();
  }

  private static String verdict(boolean good) {
    return good ? "met" : "MISSED";
  }
}
