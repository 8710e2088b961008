package io.vigil.connectors.camera.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.camera.source.CameraSource;
import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.state.UnassignedSplits;
import io.vigil.connectors.video.state.UnassignedSplitsSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraDefinitionTest {

  private static final CameraDefinition EVERYTHING =
      CameraDefinition.builder("gate", "rtsps://10.0.0.7:322/ä")
          .transport(Transport.UDP)
          .credentials("file:/run/secrets/gate")
          .verifyCertificates(false)
          .certificates("/etc/gate.pem")
          .connectTimeout(Duration.ofMillis(1))
          .stallLimit(Duration.ofMillis(2))
          .readTimeout(Duration.ofMillis(3))
          .everyNth(4)
          .mostFramesPerSecond(5.5)
          .overload(Overload.BLOCK)
          .settings(
              new StreamSettings(
                  0.4,
                  List.of("car", "person"),
                  List.of(
                      new Mask(
                          List.of(
                              new Mask.Corner(0, 0),
                              new Mask.Corner(0.5, 0),
                              new Mask.Corner(0.5, 0.25))))))
          .build();

  @Test
  void anIdIsTextOfAFewWords() {
    for (var id : List.of("gate", "Tor 2, Süd", "x".repeat(200))) {
      assertThat(CameraDefinition.builder(id, "rtsp://gate").build().problems()).isEmpty();
    }
    for (var id : List.of("", "a\u0007b", "not \uFFFD UTF-8", "x".repeat(201))) {
      assertThat(CameraDefinition.builder(id, "rtsp://gate").build().problems())
          .containsExactly(
              "camera "
                  + id
                  + ": its id must be printable text of 1 to 200 characters; it is the key of its"
                  + " events");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://10.0.0.7/stream1",
        "RTSPS://camera.example:322/a?b=c",
        "http://[::1]:8080/mjpeg",
        "https://camera/live.ts",
        "srt://camera:9000?mode=caller"
      })
  void theseProtocolsAreTaken(String url) {
    assertThat(CameraDefinition.builder("gate", url).build().problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file:///etc/passwd | protocol file is refused; a camera is read over one of rtsp, rtsps,"
            + " http, https, srt, and a file by source.files",
        "concat:a.ts | protocol concat is refused; a camera is read over one of rtsp, rtsps,"
            + " http, https, srt, and a file by source.files",
        "/etc/passwd | its url has no protocol; a camera is read over one of rtsp, rtsps, http,"
            + " https, srt, and a file by source.files",
        "rtsp:///stream | its url has no host; write it as rtsp://HOST/PATH",
        "rtsp://gate/a b | its url is none (Illegal character in path at character 14); write"
            + " spaces and other signs as %20 and the like",
        "rtsps://10.0.0.7/a | its url has an address, and a certificate is of a name; write the"
            + " host's name, or give the camera's own certificate as certificates, or turn"
            + " verification off",
        "rtsp://user:secret@gate/ | its url holds credentials, which would be seen wherever the"
            + " url is; put user:password into the environment or a file, and name it as"
            + " credentials: env:NAME or file:PATH",
        "srt://gate:7001?mode=caller&passphrase=over_the_hills | its url holds a passphrase, which"
            + " would be seen wherever the url is; put it into the environment or a file, and name"
            + " it as credentials: env:NAME or file:PATH",
        "srt://0.0.0.0:7001?mode=listener | its url has a mode other than caller, which would open a"
            + " port where it is read; have the camera or a relay listen, and call that",
        "srt://gate:7001?latency=200&Mode=rendezvous | its url has a mode other than caller, which"
            + " would open a port where it is read; have the camera or a relay listen, and call that"
      })
  void otherUrlsAreRefusedWithoutBeingShown(String url, String problem) {
    assertThat(CameraDefinition.builder("gate", url).build().problems())
        .containsExactly("camera gate: " + problem);
  }

  @Test
  void allThatIsWrongIsToldTogether() {
    var wrong =
        CameraDefinition.builder(" ", "rtsp://gate")
            .credentials("user:secret")
            .connectTimeout(Duration.ZERO)
            .stallLimit(Duration.ofSeconds(9))
            .readTimeout(Duration.ofSeconds(8))
            .everyNth(0)
            .mostFramesPerSecond(0)
            .build();
    assertThat(wrong.problems())
        .containsExactly(
            "camera  : its id must be printable text of 1 to 200 characters; it is the key of its"
                + " events",
            "camera  : its credentials must be a reference, env:NAME or file:PATH, to"
                + " user:password, or for srt to the passphrase",
            "camera  : its connect time-out is 0 ms, but must be above 0",
            "camera  : its read time-out is 8000 ms, but must not be shorter than its stall"
                + " limit, 9000 ms",
            "camera  : it takes every n-th frame with n = 0, but n must be at least 1",
            "camera  : it takes at most 0.0 frames/s, but the rate must be above 0");
  }

  @Test
  void twoCamerasOfOneIdAreRefused() {
    var gate = CameraDefinition.builder("gate", "rtsp://a").build();
    assertThatThrownBy(() -> CameraSource.of(List.of(gate, gate), null))
        .hasMessage("CameraSource: camera gate: its id is used twice; give each camera its own");
  }

  @Test
  void aDefinitionPrintsNoUrl() {
    assertThat(EVERYTHING).hasToString("camera gate");
  }

  @Test
  void aSplitKeepsEverything() throws IOException {
    var position = new CameraPosition("a1", true, true, new CameraCounts(1, 2, 3, 4), 5, 6, 7);
    var split = new CameraSplit(EVERYTHING, position);
    var serializer = CameraSplitSerializer.INSTANCE;
    assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);

    var state = new UnassignedSplits<>(List.of(split, CameraSplit.unread(EVERYTHING)));
    var states = new UnassignedSplitsSerializer<>(CameraSplitSerializer.INSTANCE);
    assertThat(states.deserialize(1, states.serialize(state))).isEqualTo(state);
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    var serializer = CameraSplitSerializer.INSTANCE;
    var bytes = serializer.serialize(CameraSplit.unread(EVERYTHING));
    assertThatThrownBy(() -> serializer.deserialize(3, bytes))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "camera split of version 3: this Vigil reads version 1 to 2;"
                + " restore with the Vigil that wrote the checkpoint");
  }
}
