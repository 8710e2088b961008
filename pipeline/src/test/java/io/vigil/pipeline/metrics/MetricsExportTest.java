package io.vigil.pipeline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.metrics.VigilMetric;
import io.vigil.connectors.video.metrics.VigilMetric.Job;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoSource;
import io.vigil.faults.Clip;
import io.vigil.faults.RtspServer;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.job.DetectionJob;
import io.vigil.pipeline.testing.Clips;
import io.vigil.pipeline.testing.FreePort;
import io.vigil.pipeline.testing.LogLines;
import io.vigil.pipeline.testing.PacedDetector;
import io.vigil.pipeline.testing.PixelDetector;
import io.vigil.pipeline.testing.Scrape;
import io.vigil.pipeline.trial.TrialDetector;
import io.vigil.pipeline.trial.Trials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real jobs, as Prometheus sees them. That of frames on Kafka is where there is a broker. */
@Timeout(60)
class MetricsExportTest {

  private static final String SHORT = "bars_bt601.mp4";
  private static final int PORT = FreePort.find();

  /** Added by whoever scrapes; where one is not, it is the same for all. */
  private static final Set<String> OF_THE_TARGET = Set.of("job", "namespace", "app");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(Scrape.reportAt(PORT))
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  private static JobClient start(Source<VideoRecord, ?, ?> source, DetectorFactory detector)
      throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(1);
    environment.enableCheckpointing(100);
    DetectionJob.build(environment, source, Trials.inference(detector, 4), new DiscardingSink<>());
    return environment.executeAsync("metrics");
  }

  static Set<String> expected(Job job) {
    return Arrays.stream(VigilMetric.values())
        .filter(metric -> metric.jobs().contains(job))
        .map(VigilMetric::prometheusName)
        .collect(Collectors.toSet());
  }

  @Test
  void aJobOfFilesHasItsMetricsAndAllThatDashboardAndAlertsAskFor() throws Exception {
    PacedDetector.control("metrics").pace(Duration.ofMillis(100));
    var source =
        VideoSource.builder()
            .setLetterbox(
                new LetterboxSettings(PixelDetector.RESOLUTION, 128, false, new Fill(0, 0, 0)))
            .addFile("a-broken", Path.of("no-such.mp4"))
            .addFile("a-short", Clips.variant(SHORT))
            .addFile("b-long", Clips.street())
            .setSamplingRate(12)
            .build();
    try (var log = LogLines.open()) {
      var job = start(source, new PacedDetector.Factory("metrics"));
      int frames = Clips.frames(SHORT);
      var checkpointed = "flink_jobmanager_job_lastCheckpointCompletedTimestamp";
      var scrape =
          Scrape.await(
              PORT,
              now ->
                  now.names().containsAll(expected(Job.FILES))
                      && now.sum(checkpointed, "job_name", "metrics") > 0
                      && log.lines().stream().anyMatch(line -> line.text().contains(" ended; "))
                      && detected(now, "a-short") + dropped(now, "a-short") == frames
                      && timed(now, "a-short") == detected(now, "a-short"));
      job.cancel().get();
      assertThat(decoded(scrape, "a-short")).isEqualTo(frames);
      requireKnown(scrape);
      requireCounted(scrape, frames);
      assertThat(log.lines())
          .anyMatch(line -> line.text().startsWith("a-short ended; decoded " + frames + ","))
          .anyMatch(line -> line.text().startsWith("a-broken failed: no-such.mp4: "))
          .allMatch(line -> line.text().startsWith(line.stream() + " "));
    }
  }

  private static void requireCounted(Scrape scrape, int frames) {
    assertThat(scrape.sum(VigilMetric.STREAMS_FAILED.prometheusName(), "job_name", "metrics"))
        .isEqualTo(1);
    assertThat(detected(scrape, "a-short")).as("it is sampled").isPositive().isLessThan(frames);
    assertThat(scrape.sum(VigilMetric.INFERENCE_TIME.prometheusName(), "quantile", "0.5"))
        .as("a picture takes 100 ms")
        .isGreaterThanOrEqualTo(100_000);
    assertThat(scrape.names())
        .as("a CPU tells of no memory")
        .doesNotContain(VigilMetric.DEVICE_MEMORY_USED.prometheusName());
  }

  private static double timed(Scrape scrape, String stream) {
    return scrape.sum(VigilMetric.DECODE_TO_EVENT.prometheusName() + "_count", "stream", stream);
  }

  private static double decoded(Scrape scrape, String stream) {
    return scrape.sum(VigilMetric.FRAMES_DECODED.prometheusName(), "stream", stream);
  }

  private static double detected(Scrape scrape, String stream) {
    return scrape.sum(VigilMetric.FRAMES_DETECTED.prometheusName(), "stream", stream);
  }

  private static double dropped(Scrape scrape, String stream) {
    return scrape.sum(VigilMetric.FRAMES_DROPPED.prometheusName(), "stream", stream);
  }

  /** Vigil's own are in the table, which jobs of each kind are held against; Flink's are here. */
  private static void requireKnown(Scrape scrape) throws Exception {
    var known = new HashSet<>(scrape.names());
    var labels = new HashSet<>(scrape.labels());
    labels.addAll(OF_THE_TARGET);
    for (var metric : VigilMetric.values()) {
      known.add(metric.prometheusName());
      labels.addAll(metric.scope().labels());
    }
    for (var expression : Monitoring.expressions()) {
      var asked = PromQl.of(expression);
      assertThat(asked.metrics()).as(expression).isNotEmpty().isSubsetOf(known);
      assertThat(asked.labels()).as(expression).isSubsetOf(labels);
    }
  }

  @Test
  @Tag("rtsp")
  void aJobOfCamerasHasItsMetrics(@TempDir Path folder) throws Exception {
    try (var server = RtspServer.start(Clip.H264.in(folder))) {
      var cameras = List.of(CameraDefinition.builder("gate", server.url()).build());
      var detector = new TrialDetector.Factory("metrics-gate", Duration.ofMillis(1));
      var job = start(Trials.cameras(cameras), detector);
      var scrape =
          Scrape.await(
              PORT,
              now -> now.names().containsAll(expected(Job.CAMERAS)) && detected(now, "gate") > 0);
      job.cancel().get();
      assertThat(scrape.sum(VigilMetric.CONNECTED.prometheusName(), "stream", "gate")).isEqualTo(1);
      assertThat(scrape.sum(VigilMetric.RECONNECTS.prometheusName(), "stream", "gate")).isZero();
      assertThat(scrape.sum(VigilMetric.DECODE_TIME.prometheusName(), "quantile", "0.5"))
          .as("the wait for a frame, 40 ms, is no part of it")
          .isLessThan(20_000);
    }
  }
}
