package io.vigil.connectors.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraDefinitionBuilder;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamNotice.Kind;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.faults.RtspServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("rtsp")
@Timeout(120)
class CameraSourceJobTest {

  private static final Path CLIP = Clips.variant("closed_gop_h264.mp4");
  private static final int CLIP_FRAMES = 48;

  private static CameraDefinitionBuilder camera(String id, RtspServer server) {
    return CameraDefinition.builder(id, server.url()).overload(Overload.BLOCK);
  }

  @Test
  void everyFrameComesInOrderWithItsCaptureTime() throws Exception {
    try (var server = RtspServer.start(CLIP);
        var job = CameraJob.start(camera("gate", server).build())) {
      var connected = (StreamNotice) job.next("gate");
      assertThat(connected.kind()).isEqualTo(Kind.CONNECTED);
      long lastPts = Long.MIN_VALUE;
      int lastNumber = -1;
      for (int seq = 0; seq < 60; seq++) {
        var frame = (VideoFrame) job.next("gate");
        assertThat(frame.session()).isEqualTo(connected.session());
        assertThat(frame.seq()).isEqualTo(seq);
        assertThat(frame.pts()).isGreaterThan(lastPts);
        int number = Clips.number(frame.rgb(), 160, 90);
        assertThat(number).isEqualTo((lastNumber + 1) % CLIP_FRAMES);
        assertThat(frame.captureTime()).isNotNull();
        lastPts = frame.pts();
        lastNumber = number;
      }
    }
  }

  @Test
  void aKilledServerIsConnectedToAgainInANewSession() throws Exception {
    try (var server = RtspServer.start(CLIP);
        var job = CameraJob.start(camera("gate", server).build())) {
      var connected = (StreamNotice) job.next("gate");
      job.next("gate", VideoFrame.class, frame -> frame.seq() == 20);
      server.kill();
      var ended = job.next("gate", StreamNotice.class, notice -> notice.kind() != Kind.GAP);
      assertThat(ended.kind()).isIn(Kind.ENDED, Kind.FAILED);
      assertThat(ended.session()).isEqualTo(connected.session());
      assertThat(ended.decoded()).isGreaterThan(20);
      var refused = job.next("gate", StreamNotice.class, notice -> true);
      assertThat(refused.kind()).isEqualTo(Kind.FAILED);
      assertThat(refused.detail())
          .isEqualTo(
              "camera gate: cannot be connected to (Connection refused); check its address, its"
                  + " credentials, and that it is on; it is tried again");

      server.restart(Clips.street());
      var reconnected = job.next("gate", StreamNotice.class, notice -> true);
      assertThat(reconnected.kind()).isEqualTo(Kind.RECONNECTED);
      assertThat(reconnected.session()).isNotIn(connected.session(), refused.session());
      var gap = (StreamNotice) job.next("gate");
      assertThat(gap.kind()).isEqualTo(Kind.GAP);
      var first = (VideoFrame) job.next("gate");
      assertThat(first.seq()).isZero();
      assertThat(first.letterbox().sourceWidth()).isEqualTo(768);
      assertThat(gap.gap().toEpochMillis()).isEqualTo(first.captureTime().epochMillis());
      assertThat(gap.gap().frames()).isPositive();
    }
  }

  @Test
  void aFrozenServerStallsAndIsGivenUp() throws Exception {
    try (var server = RtspServer.start(CLIP);
        var job =
            CameraJob.start(
                camera("gate", server)
                    .stallLimit(Duration.ofMillis(500))
                    .readTimeout(Duration.ofSeconds(2))
                    .connectTimeout(Duration.ofSeconds(2))
                    .build())) {
      job.next("gate", VideoFrame.class, frame -> frame.seq() == 20);
      server.freeze();
      var stalled = job.next("gate", StreamNotice.class, notice -> true);
      assertThat(stalled.kind()).isEqualTo(Kind.STALLED);
      assertThat(stalled.detail()).isEqualTo("no frame for 500 ms");
      var failed = job.next("gate", StreamNotice.class, notice -> notice.kind() == Kind.FAILED);
      assertThat(failed.session()).isEqualTo(stalled.session());
      assertThat(failed.detail())
          .isEqualTo("camera gate: no frame came for 2000 ms; it is tried again");
      var notConnected = job.next("gate", StreamNotice.class, notice -> true);
      assertThat(notConnected.detail()).contains("no answer in 2000 ms");
      server.thaw();
      var reconnected =
          job.next("gate", StreamNotice.class, notice -> notice.kind() == Kind.RECONNECTED);
      assertThat(reconnected.session()).isNotEqualTo(stalled.session());
      job.next("gate", VideoFrame.class, frame -> frame.session().equals(reconnected.session()));
    }
  }

  /**
   * A session's frames, exactly once, are those that its end counts: also the one that was lost.
   */
  @Test
  void theBooksBalanceAcrossAFailureOfTheJob() throws Exception {
    try (var server = RtspServer.start(CLIP);
        var job =
            CameraJob.startToFail(
                camera("a", server).everyNth(2).build(), camera("b", server).build())) {
      var frames = new HashMap<String, Long>();
      var ends = new HashMap<String, StreamNotice>();
      while (ends.size() < 2) {
        var record = job.next();
        if (record instanceof VideoFrame frame) {
          frames.merge(frame.session(), 1L, Long::sum);
        } else if (record instanceof StreamNotice notice && notice.kind() == Kind.ENDED) {
          ends.put(notice.streamId(), notice);
        }
      }
      for (var end : ends.values()) {
        assertThat(end.detail()).startsWith("the job was restored;");
        long sampled = end.dropped().getOrDefault("sampling", 0L);
        assertThat(end.decoded()).isPositive();
        assertThat(end.decoded() - sampled).isEqualTo(frames.getOrDefault(end.session(), 0L));
      }
      for (var id : List.of("a", "b")) {
        job.next(id, StreamNotice.class, notice -> notice.kind() == Kind.RECONNECTED);
        assertThat(((StreamNotice) job.next(id)).kind()).isEqualTo(Kind.GAP);
        assertThat(((VideoFrame) job.next(id)).seq()).isZero();
      }
    }
  }
}
