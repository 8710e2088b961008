package io.vigil.connectors.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.faults.RtspServer;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera that gives nothing holds nobody's event time back. */
@Tag("rtsp")
@Timeout(120)
@SuppressWarnings("try") // Flink's iterators close with any exception
class IdleCameraTest {

  private static final LetterboxSettings LETTERBOX =
      new LetterboxSettings(160, 16, false, new Fill(124, 116, 104));

  /** In one reader, and in a reader each. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aFrozenCameraHoldsNoTimeBack(int parallelism) throws Exception {
    var clip = Clips.variant("closed_gop_h264.mp4");
    try (var living = RtspServer.start(clip);
        var frozen = RtspServer.start(clip);
        var seen = start(parallelism, camera("living", living), camera("frozen", frozen))) {
      await(seen, one -> one.camera.equals("frozen") && one.watermark > 0);
      frozen.freeze();
      var stalled = await(seen, one -> one.camera.equals("frozen") && one.stalled);

      var later = await(seen, one -> one.watermark > stalled.time + 2000);

      assertThat(later.camera).isEqualTo("living");
    }
  }

  /**
   * A record and how far event time had come where all readers meet.
   *
   * @param time the record's own
   */
  private record Seen(String camera, boolean stalled, long time, long watermark) {

    private static Seen of(String line) {
      var parts = line.split(" ");
      return new Seen(
          parts[0],
          Boolean.parseBoolean(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]));
    }
  }

  private static CameraDefinition camera(String id, RtspServer server) {
    return CameraDefinition.builder(id, server.url())
        .overload(Overload.BLOCK)
        .stallLimit(Duration.ofMillis(500))
        .build();
  }

  private static CloseableIterator<String> start(int parallelism, CameraDefinition... cameras)
      throws Exception {
    var configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    var environment = StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    var seen =
        environment
            .fromSource(
                CameraSource.of(List.of(cameras), LETTERBOX),
                WatermarkStrategy.forMonotonousTimestamps(),
                "cameras")
            .process(new Watermarks())
            .setParallelism(1)
            .collectAsync();
    environment.executeAsync();
    return seen;
  }

  private static Seen await(CloseableIterator<String> lines, Predicate<Seen> wanted) {
    while (true) {
      var seen = Seen.of(lines.next());

      if (wanted.test(seen)) {
        return seen;
      }
    }
  }

  private static final class Watermarks extends ProcessFunction<VideoRecord, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(VideoRecord record, Context context, Collector<String> out) {
      boolean stalled =
          record instanceof StreamNotice notice && notice.kind() == StreamNotice.Kind.STALLED;
      out.collect(
          "%s %s %d %d"
              .formatted(
                  record.streamId(),
                  stalled,
                  context.timestamp(),
                  context.timerService().currentWatermark()));
    }
  }
}
