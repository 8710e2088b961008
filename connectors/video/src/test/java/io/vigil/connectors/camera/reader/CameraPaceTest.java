package io.vigil.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraCounts;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraDefinitionBuilder;
import io.vigil.connectors.camera.split.CameraPosition;
import io.vigil.connectors.video.CaptureTime;
import io.vigil.connectors.video.FrameGap;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How fast frames are taken, how fast they come, and how fast a lost camera is tried again. */
class CameraPaceTest {

  @Test
  void attemptsComeSlowerAndSlowerUpToALimitAndAtOnceAfterAConnectionThatLasted() {
    var backOff = new BackOff(() -> 0);
    assertThat(Stream.generate(backOff::next).limit(8))
        .extracting(Duration::toMillis)
        .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L);
    backOff.reset();
    assertThat(backOff.next()).isEqualTo(Duration.ofMillis(500));
    assertThat(new BackOff(() -> 1).next()).isEqualTo(Duration.ofMillis(250));
  }

  private static CameraDefinitionBuilder camera() {
    return CameraDefinition.builder("gate", "rtsp://gate");
  }

  private static int[] taken(CameraDefinition camera, double framesPerSecond) {
    var sampling = new FrameSampling(camera);
    return IntStream.range(0, 12)
        .filter(seq -> sampling.takes(seq, seq / framesPerSecond))
        .toArray();
  }

  @Test
  void everyNthFrameIsTakenAndAtMostSoManyASecond() {
    assertThat(taken(camera().build(), 4)).hasSize(12);
    assertThat(taken(camera().everyNth(5).build(), 4)).containsExactly(0, 5, 10);
    assertThat(taken(camera().mostFramesPerSecond(1).build(), 4)).containsExactly(0, 4, 8);
    assertThat(taken(camera().mostFramesPerSecond(2).everyNth(3).build(), 4))
        .containsExactly(0, 3, 6, 9);
    assertThat(taken(camera().mostFramesPerSecond(25).build(), 25)).hasSize(12);
  }

  @Test
  void aCameraThatSetsItsClockBackIsSampledOn() {
    var sampling = new FrameSampling(camera().mostFramesPerSecond(1).build());
    assertThat(sampling.takes(0, 100)).isTrue();
    assertThat(sampling.takes(1, 0)).isTrue();
    assertThat(sampling.takes(2, 0.5)).isFalse();
  }

  @Test
  void theEndsOfAGapAreOfOneClock() {
    var last = new LastFrame(CameraPosition.START);
    last.pace().follow(40_000);
    // The camera's clock is ahead by half a minute, and its next session has not told it yet.
    last.captured(new CaptureTime(131_000, CaptureTime.RTCP), 101_000);
    assertThat(last.gapTo(new CaptureTime(105_000, CaptureTime.INGEST), 105_000))
        .isEqualTo(new FrameGap(101_000, 105_000, 99));
    assertThat(last.gapTo(new CaptureTime(135_000, CaptureTime.RTCP), 105_000))
        .isEqualTo(new FrameGap(131_000, 135_000, 99));

    // Of a restored job: it is known when the last frame came, by the clock of the machine.
    var position =
        CameraPosition.START.connected("s", 0).after(CameraCounts.NONE, 101_000, 40_000, 131_000);
    var restored = new LastFrame(position);
    assertThat(restored.gapTo(new CaptureTime(105_000, CaptureTime.INGEST), 105_000))
        .isEqualTo(new FrameGap(101_000, 105_000, 99));
    assertThat(restored.gapTo(new CaptureTime(135_000, CaptureTime.RTCP), 105_000))
        .isEqualTo(new FrameGap(101_000, 105_000, 99));
  }

  @Test
  void whatIsMissingIsEstimatedByThePaceBefore() {
    var pace = new FramePace(0);
    assertThat(pace.gap(1000, 5000)).isEqualTo(new FrameGap(1000, 5000, 0));
    for (int i = 0; i < 100; i++) {
      pace.follow(40_000);
    }
    pace.follow(10_000_000);
    pace.follow(-5);
    assertThat(pace.frameMicros()).isEqualTo(40_000);
    assertThat(pace.isGap(900_000)).isFalse();
    assertThat(pace.isGap(1_100_000)).isTrue();
    assertThat(pace.gap(1000, 5000)).isEqualTo(new FrameGap(1000, 5000, 99));
    assertThat(pace.gap(5000, 1000).frames()).isZero();
  }

  @Test
  void aSlowCameraHasNoGapBetweenItsFrames() {
    var pace = new FramePace(10_000_000);
    assertThat(pace.isGap(10_500_000)).isFalse();
    assertThat(pace.isGap(41_000_000)).isTrue();
  }
}
