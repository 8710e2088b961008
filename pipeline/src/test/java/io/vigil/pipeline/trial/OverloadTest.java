package io.vigil.pipeline.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.faults.Clip;
import io.vigil.faults.RtspServer;
import io.vigil.pipeline.testing.SharedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("rtsp")
class OverloadTest {

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int EVENTS = 90;

  /** Two in one task and one in another, which a share by task would serve twice as well. */
  @Test
  void camerasGetEqualSharesOfASlowDeviceHoweverTheyAreDealtOut(@TempDir Path folder)
      throws Exception {
    var topics = EventTopics.named("overload");
    var detector = new TrialDetector.Factory("overload", Duration.ofMillis(80));
    try (var server = RtspServer.start(Clip.H264.in(folder))) {
      var connection = BROKER.connection();
      var sink = Trials.sink(connection, topics, new Delivery.AtLeastOnce());
      var cameras =
          Stream.of("a", "b", "c")
              .map(id -> CameraDefinition.builder(id, server.url()).build())
              .toList();
      var settings =
          new TrialJob.Settings(1, 2, Duration.ofSeconds(5), folder.resolve("checkpoints"));
      try (var watch = EventWatch.of(connection, topics);
          var job =
              TrialJob.start(
                  settings, Trials.cameras(cameras), Trials.inference(detector, 3), sink)) {
        var streams = List.of(watch.of("a"), watch.of("b"), watch.of("c"));
        assertThat(watch.await(PATIENCE, () -> streams.stream().allMatch(s -> s.seen() > 0)))
            .isTrue();
        watch.startMeasuring();
        assertThat(watch.await(PATIENCE, () -> measured(streams) >= EVENTS)).isTrue();
        var shares = streams.stream().mapToLong(StreamFigures::measured).summaryStatistics();
        assertThat(shares.getMin())
            .as("%s", shares)
            .isGreaterThanOrEqualTo(8 * shares.getMax() / 10);
        assertThat(streams).as("it was too slow").allMatch(stream -> stream.missing() > 0);
        assertThat(streams).allMatch(stream -> stream.doubled() == 0);
        assertThat(job.restarts()).isZero();
      }
    }
  }

  private static long measured(List<StreamFigures> streams) {
    return streams.stream().mapToLong(StreamFigures::measured).sum();
  }
}
