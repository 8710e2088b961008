package io.vigil.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.decode.VideoException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraInputsTest {

  @TempDir private Path folder;

  private CameraDefinition camera(String login) throws Exception {
    var file = Files.writeString(folder.resolve("login"), login);
    return CameraDefinition.builder("gate", "rtsp://127.0.0.1/a")
        .credentials("file:" + file)
        .build();
  }

  @Test
  void aLoginThatWouldBeCutOffIsRefusedWithoutBeingShown() throws Exception {
    assertThat(CameraInputs.of(camera("admin:" + "x".repeat(121))).url()).endsWith("x@127.0.0.1/a");
    assertThatThrownBy(() -> CameraInputs.of(camera("admin:" + "%".repeat(41))))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("has 129 bytes as a part of a url")
        .hasMessageNotContaining("%");
  }

  @Test
  void certificatesThatAreNotThereAreNoneThatAreNotTrusted() throws Exception {
    var camera = CameraDefinition.builder("gate", "rtsps://localhost/a").certificates("/none.pem");
    assertThatThrownBy(() -> CameraInputs.of(camera.build()))
        .hasMessage(
            "camera gate: the file of its certificates, /none.pem, cannot be read where the camera"
                + " is read; put it there");
    assertThat(CameraInputs.of(camera.verifyCertificates(false).build()).options())
        .containsEntry("tls_verify", "0");
  }
}
