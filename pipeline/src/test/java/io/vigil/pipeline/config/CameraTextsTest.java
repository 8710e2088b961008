package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.camera.roster.Listing;
import io.vigil.connectors.camera.roster.Listing.Refusal;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.StreamSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraTextsTest {

  private final CameraTexts texts =
      new CameraTexts(
          "cameras.yaml", List.of("env:CAMERA_*", "file:/run/secrets/*"), List.of("person", "car"));

  private String refusal(String definition) {
    var listing = texts.one("gate", definition);
    assertThat(listing.cameras()).isEmpty();
    assertThat(listing.refused()).extracting(Refusal::cameraId).containsOnly("gate");
    return listing.refused().get(0).reason();
  }

  @Test
  void yamlAndJsonAreRead() {
    var camera =
        CameraDefinition.builder("gate", "rtsp://10.0.0.7/a")
            .everyNth(2)
            .settings(new StreamSettings(0.4, List.of("car"), List.of()))
            .build();
    var listing = new Listing(Map.of("gate", camera), List.of());
    assertThat(
            texts.one("gate", "url: rtsp://10.0.0.7/a\nevery-nth: 2\nscore: 0.4\nclasses: [car]\n"))
        .isEqualTo(listing);
    assertThat(
            texts.one(
                "gate",
                "{\"url\":\"rtsp://10.0.0.7/a\",\"every-nth\":2,\"score\":0.4,\"classes\":[\"car\"]}"))
        .isEqualTo(listing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'url: \"file:///etc/passwd\"' | protocol file is refused; a camera is read over one of"
            + " rtsp, rtsps, http, https, srt, and a file by source.files",
        "'url: rtsp://gate/a b' | its url is none (Illegal character in path at character 14);"
            + " write spaces and other signs as %20 and the like",
        "'{url: rtsp://gate, urls: rtsp://a}' | urls: no such key. Did you mean url? Here are: url,"
            + " transport, credentials, verify-certificates, certificates, connect-timeout,"
            + " stall-limit, read-timeout, every-nth, fps, overload, score, classes, masks.",
        "'{url: rtsp://gate, url: rtsp://a}' | url: the key is there twice",
        "'url: [rtsp://user:secret@gate]' | url: must be one value (rtsp://HOST/PATH or the like,"
            + " without credentials); url: is missing; write where the camera is,"
            + " rtsp://HOST/PATH",
        "'{url: rtsp://gate, classes: [carr]}' | classes: carr: the model knows no such class. Did"
            + " you mean car? It has 2: person, car, ...",
        "'url: \"rtsp://${file:/etc/passwd}/\"' | url: ${file…} is not filled in here; write it"
            + " out; its url is none (Illegal character in authority at character 8); write spaces"
            + " and other signs as %20 and the like",
        "'rtsp://gate' | its definition must hold keys such as url",
        "'{' | its definition is not YAML or JSON with keys, line 1",
        "'{url: rtsp://gate} {}' | its definition is not YAML or JSON with keys, line 1"
      })
  void whatIsWrongIsToldWithoutTheUrl(String definition, String reason) {
    assertThat(refusal(definition)).isEqualTo(reason);
  }

  @Test
  void aRecordHoldsOneDefinition() {
    assertThat(refusal("url: rtsp://gate\n---\nurl: rtsp://door\n"))
        .isEqualTo("something follows its definition");
  }

  /** Else whoever may add a camera could have any file sent to a server as its password. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "env:AWS_SECRET",
        "file:/etc/shadow",
        "file:/run/secrets/../../etc/shadow",
        "env:CAMERA"
      })
  void credentialsAreTakenFromAllowedPlacesOnly(String reference) {
    assertThat(refusal("{url: rtsp://gate, credentials: \"" + reference + "\"}"))
        .isEqualTo(
            "credentials: this reference is none that cameras from cameras.yaml may name; allow it"
                + " under cameras-from.credentials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"env:CAMERA_GATE", "file:/run/secrets/gate"})
  void allowedCredentialsAreTaken(String reference) {
    var listing = texts.one("gate", "{url: rtsp://gate, credentials: \"" + reference + "\"}");
    assertThat(listing.cameras().get("gate").credentials()).isEqualTo(reference);
  }

  @Test
  void whatIsWrongWithOneCameraOfAFileIsNoHarmToTheOthers() throws IOException {
    var listing =
        texts.many(
            """
            gate: {url: rtsp://10.0.0.7/a}
            door: {url: rtsp://10.0.0.8/a}
            yard: {url: "file:///etc/passwd"}
            door: {url: rtsp://10.0.0.9/a}
            lane:
            """);
    assertThat(listing.cameras()).containsOnlyKeys("gate");
    assertThat(listing.refused())
        .containsExactlyInAnyOrder(
            new Refusal("door", "is there twice; give each camera its own id"),
            new Refusal(
                "yard",
                "protocol file is refused; a camera is read over one of rtsp, rtsps, http, https,"
                    + " srt, and a file by source.files"),
            new Refusal("lane", "its definition must hold keys such as url"));
    assertThat(texts.many("{}")).isEqualTo(new Listing(Map.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | cameras.yaml: is empty, and may be half-written; the cameras stay as they are. To"
            + " take all away write {}",
        "'gate: {url: rtsp://user:secret@' | cameras.yaml: is not YAML or JSON with keys, line 1;"
            + " the cameras stay as they are",
        "'- gate' | cameras.yaml: is not YAML or JSON with keys; each camera stands below its id;"
            + " the cameras stay as they are"
      })
  void aFileThatIsNotUnderstoodIsToldAsAWhole(String text, String problem) {
    assertThatThrownBy(() -> texts.many(text)).isInstanceOf(IOException.class).hasMessage(problem);
  }
}
