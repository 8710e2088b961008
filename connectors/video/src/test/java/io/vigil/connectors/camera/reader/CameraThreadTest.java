package io.vigil.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.metrics.CameraMetrics;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.StreamNotice.Kind;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.faults.RtspServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rtsp")
class CameraThreadTest {

  /** As where a frame's memory cannot be had, or a thread to look its host up. */
  @Test
  void aCameraOutOfMemoryIsToldAndConnectedToAgain() throws Exception {
    var memoryIsOut = new AtomicBoolean(true);
    var came = new LinkedBlockingQueue<String>();
    var queue =
        new CameraQueue(
            Overload.LATEST,
            2,
            () -> {
              came.add("");
              // Behind the notice of its connection and some frames
              if (came.size() == 5 && memoryIsOut.getAndSet(false)) {
                throw new OutOfMemoryError("of a test");
              }
            });
    try (var server = RtspServer.start(Clips.variant("closed_gop_h264.mp4"))) {
      var camera = CameraSplit.unread(CameraDefinition.builder("gate", server.url()).build());
      var metrics = new CameraMetrics(new UnregisteredMetricsGroup(), "gate");
      var letterbox = new LetterboxSettings(160, 16, false, new Fill(124, 116, 104));
      var thread = new CameraThread(camera, letterbox, queue, metrics);
      thread.start();
      var told = new ArrayList<CameraElement.Notice>();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (told.stream().noneMatch(notice -> notice.kind() == Kind.RECONNECTED)) {
        assertThat(System.nanoTime()).as("it is connected to again").isLessThan(deadline);
        if (queue.poll() instanceof CameraElement.Notice notice) {
          told.add(notice);
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      thread.stop();
      assertThat(told)
          .extracting(CameraElement.Notice::kind)
          .startsWith(Kind.CONNECTED, Kind.FAILED, Kind.RECONNECTED);
      assertThat(told.get(1).detail()).contains("OutOfMemoryError").endsWith("it is tried again");
      assertThat(thread.await(Duration.ofSeconds(10))).isTrue();
    }
  }
}
