package io.vigil.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.StreamNotice;
import io.vigil.connectors.video.StreamNotice.Kind;
import io.vigil.faults.SrtServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("rtsp")
class SrtCameraTest {

  private static final Path CLIP = Clips.variant("closed_gop_h264.mp4");
  private static final String PASSPHRASE = "over the hills";

  @TempDir private Path folder;

  @Test
  void anEncryptedStreamIsReadFrameByFrame() throws Exception {
    try (var server = SrtServer.start(CLIP, "--passphrase", PASSPHRASE);
        var driver = ReaderDriver.of(camera(server, PASSPHRASE))) {
      var before = driver.nextFrame(frame -> true);
      for (int i = 0; i < 60; i++) {
        var frame = driver.nextFrame(any -> true);
        assertThat(frame.seq()).isEqualTo(before.seq() + 1);
        assertThat(frame.pts()).isGreaterThan(before.pts());
        int shown = Clips.number(before.rgb(), 160, 90);
        assertThat(Clips.number(frame.rgb(), 160, 90)).isEqualTo((shown + 1) % 48);
        before = frame;
      }
    }
  }

  @Test
  void aWrongPassphraseIsToldWithoutBeingShown() throws Exception {
    try (var server = SrtServer.start(CLIP, "--passphrase", PASSPHRASE)) {
      assertThat(failure(server, "far, far away"))
          .isEqualTo(
              "camera gate: cannot be connected to (Input/output error); check its address, its"
                  + " credentials, and that it is on; it is tried again");
      assertThat(failure(server, "short"))
          .startsWith("camera gate: what its credentials name, file:" + folder)
          .endsWith("has 5 bytes, and a passphrase of SRT has 10 to 79; it is tried again");
    }
  }

  private String failure(SrtServer server, String passphrase) throws Exception {
    try (var driver = ReaderDriver.of(camera(server, passphrase))) {
      var notice = (StreamNotice) driver.next();
      assertThat(notice.kind()).isEqualTo(Kind.FAILED);
      return notice.detail();
    }
  }

  private CameraDefinition camera(SrtServer server, String passphrase) throws Exception {
    var file = Files.writeString(folder.resolve("passphrase"), passphrase + "\n");
    return CameraDefinition.builder("gate", server.url())
        .credentials("file:" + file)
        .overload(Overload.BLOCK)
        .build();
  }
}
