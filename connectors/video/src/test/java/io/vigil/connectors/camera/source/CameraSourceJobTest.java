package io.vigil.connectors.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.RtspServer;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamNotice.Kind;
import io.vigil.connectors.video.VideoFrame;
import org.junit.jupiter.api.Test;

class CameraSourceJobTest {

  @Test
  void framesOfACameraComeInOrder() throws Exception {
    try (var server = RtspServer.start(Clips.variant("closed_gop_h264.mp4"));
        var job = CameraJob.start(CameraDefinition.builder("gate", server.url()).build())) {
      var connected = (StreamNotice) job.next("gate");
      assertThat(connected.kind()).isEqualTo(Kind.CONNECTED);
      long lastPts = Long.MIN_VALUE;
      for (int seq = 0; seq < 60; seq++) {
        var frame = (VideoFrame) job.next("gate");
        assertThat(frame.session()).isEqualTo(connected.session());
        assertThat(frame.seq()).isEqualTo(seq);
        assertThat(frame.pts()).isGreaterThan(lastPts);
        assertThat(frame.captureTime()).isNotNull();
        lastPts = frame.pts();
      }
    }
  }
}
