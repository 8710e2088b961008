package io.vigil.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraCounts;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.video.FrameFailure;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.VideoFrame;
import io.vigil.connectors.video.VideoRecord;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CameraQueueTest {

  private static final CameraCounts ONE = new CameraCounts(1, 0, 0, 0);

  private final CameraQueue latest = new CameraQueue(Overload.LATEST, 2, () -> {});

  private static CameraElement frame(long seq, CameraCounts counts) {
    var frame =
        new VideoFrame("gate", "s", seq, seq, 1, 25, null, StreamSettings.USUAL, null, new byte[0]);
    return new CameraElement.Frame(frame, counts, seq, seq, 0);
  }

  private static CameraElement failure(long seq) {
    var failure = new FrameFailure("gate", "s", seq, seq, 1, 25, "letterbox", "");
    return new CameraElement.Frame(failure, new CameraCounts(1, 0, 0, 1), seq, seq, 0);
  }

  private static CameraElement ended() {
    return new CameraElement.Notice("s", StreamNotice.Kind.ENDED, "", null, CameraCounts.NONE, 0);
  }

  private static long seq(CameraElement element) {
    VideoRecord record = ((CameraElement.Frame) element).record();
    return record instanceof VideoFrame frame ? frame.seq() : ((FrameFailure) record).seq();
  }

  @Test
  void theOldestFrameIsDroppedAndCountedInWhatFollowsIt() throws Exception {
    assertThat(latest.put(frame(0, ONE))).isZero();
    assertThat(latest.put(frame(3, new CameraCounts(3, 2, 0, 0)))).isZero();
    assertThat(latest.put(frame(4, ONE))).isEqualTo(1);
    assertThat(latest.put(frame(5, ONE))).isEqualTo(1);
    var first = latest.poll();
    assertThat(seq(first)).isEqualTo(4);
    assertThat(first.counts()).isEqualTo(new CameraCounts(5, 2, 2, 0));
    assertThat(latest.poll().counts()).isEqualTo(ONE);
    assertThat(latest.poll()).isNull();
  }

  @Test
  void noticesAndFailuresAreNeverDropped() throws Exception {
    latest.put(frame(0, ONE));
    latest.put(failure(1));
    latest.put(ended());
    latest.put(frame(0, ONE));
    latest.put(frame(1, ONE));
    var failure = latest.poll();
    assertThat(seq(failure)).isEqualTo(1);
    assertThat(failure.counts()).isEqualTo(new CameraCounts(2, 0, 1, 1));
    assertThat(latest.poll()).isEqualTo(ended());
    assertThat(seq(latest.poll())).isZero();
  }

  @Test
  void aFrameThatIsBlockedComesWhenThereIsRoom() throws Exception {
    var block = new CameraQueue(Overload.BLOCK, 1, () -> {});
    block.put(frame(0, ONE));
    var third = CompletableFuture.runAsync(() -> putUnchecked(block, frame(1, ONE)));
    assertThat(seq(block.poll())).isZero();
    third.get(30, TimeUnit.SECONDS);
    assertThat(seq(block.poll())).isEqualTo(1);
  }

  @Test
  void closingLetsGoWhatIsBlocked() throws Exception {
    var block = new CameraQueue(Overload.BLOCK, 1, () -> {});
    block.put(frame(0, ONE));
    var blocked = CompletableFuture.runAsync(() -> putUnchecked(block, frame(1, ONE)));
    block.close();
    blocked.get(30, TimeUnit.SECONDS);
    assertThat(block.poll()).isNull();
  }

  private static void putUnchecked(CameraQueue queue, CameraElement element) {
    try {
      queue.put(element);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
