package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vigil.connectors.camera.split.CameraDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published of a camera's definition is what is read. */
class CameraSchemaTest {

  private static final Path FILE = Path.of("..", "docs", "camera-definition.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNode SCHEMA = schema();

  private final CameraTexts texts =
      new CameraTexts("cameras", List.of("env:*", "file:*"), List.of("person", "car"));

  private static JsonNode schema() {
    try {
      return MAPPER.readTree(FILE.toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isValid(String definition) throws IOException {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(SCHEMA)
        .validate(MAPPER.readTree(definition))
        .isEmpty();
  }

  private boolean isRead(String definition) {
    return texts.one("gate", definition).refused().isEmpty();
  }

  /** A camera with one key more. */
  private static String with(String member) {
    return member.startsWith("\"url\"")
        ? "{" + member + "}"
        : "{\"url\": \"rtsp://gate/1\", " + member + "}";
  }

  @Test
  void everyKeyIsInItAndNoOther() {
    var refusal = texts.one("gate", with("\"none\": 1")).refused().get(0).reason();
    var keys = refusal.substring(refusal.indexOf("Here are: ") + 10, refusal.length() - 1);
    assertThat(SCHEMA.get("properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(keys.split(", "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"url\": \"RTSPS://gate.example:8322/live/1?channel=2\"",
        "\"url\": \"http://10.0.0.8/mjpeg\"",
        "\"url\": \"https://gate/index.m3u8\"",
        "\"url\": \"srt://[fe80::1]:9000\"",
        "\"url\": \"srt://gate:9000\", \"credentials\": \"env:GATE\"",
        "\"url\": \"rtsp://gate/user@home\"",
        "\"credentials\": \"env:GATE\"",
        "\"credentials\": \"file:/run/secrets/gate\"",
        "\"certificates\": \"/etc/gate.pem\"",
        "\"verify-certificates\": false",
        "\"connect-timeout\": \"1m30s\"",
        "\"stall-limit\": \"500ms\"",
        "\"read-timeout\": \"0.5h\"",
        "\"every-nth\": 3",
        "\"fps\": 2.5",
        "\"score\": 0.4",
        "\"classes\": [\"car\", \"person\"]",
        "\"classes\": []",
        "\"masks\": []",
        "\"masks\": [[[0, 0], [0.3, 0], [0.3, 1]], [[0, 0], [1, 0], [1, 1], [0, 1]]]"
      })
  void bothTake(String member) throws IOException {
    assertThat(texts.one("gate", with(member)).refused()).isEmpty();
    assertThat(isValid(with(member))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"url\": \"file:///etc/passwd\"",
        "\"url\": \"gate\"",
        "\"url\": \"rtsp:///1\"",
        "\"url\": \"rtsp://user:password@gate/1\"",
        "\"url\": \"rtsp://gate/a b\"",
        "\"url\": [\"rtsp://gate\"]",
        "\"url\": \"\"",
        "\"score\": 0.5, \"scores\": 0.5",
        "\"credentials\": \"user:password\"",
        "\"credentials\": \"env:\"",
        "\"certificates\": \"\"",
        "\"certificates\": [\"/etc/gate.pem\"]",
        "\"verify-certificates\": \"no\"",
        "\"transport\": \"sctp\"",
        "\"overload\": \"oldest\"",
        "\"connect-timeout\": 10",
        "\"connect-timeout\": \"10\"",
        "\"stall-limit\": \"5 s\"",
        "\"read-timeout\": \"1s2h\"",
        "\"read-timeout\": \"\"",
        "\"every-nth\": 1.5",
        "\"fps\": \"fast\"",
        "\"score\": {}",
        "\"classes\": {\"car\": 1}",
        "\"masks\": 0.5",
        "\"masks\": [[0, 0], [0.3, 0], [0.3, 1]]",
        "\"masks\": [[[0, 0], [0.3, 0]]]",
        "\"masks\": [[[0, 0], [0.3, 0], [0.3, 1, 1]]]",
        "\"masks\": [[[0, 0], [640, 0], [640, 360]]]"
      })
  void bothRefuse(String member) throws IOException {
    assertThat(isRead(with(member))).isFalse();
    assertThat(isValid(with(member))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"fps\": 5}", "\"rtsp://gate\"", "[]"})
  void bothWantKeysAndAUrlAmongThem(String definition) throws IOException {
    assertThat(isRead(definition)).isFalse();
    assertThat(isValid(definition)).isFalse();
  }

  /** What more than one key says, what the job says, and what an address is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"stall-limit\": \"10s\", \"read-timeout\": \"5s\"",
        "\"connect-timeout\": \"50ms\"",
        "\"url\": \"rtsps://10.0.0.7/1\"",
        "\"url\": \"rtsp://gate:port/1\"",
        "\"url\": \"rtsp://${env:GATE}/1\"",
        "\"classes\": [\"carr\"]"
      })
  void onlyTheJobKnows(String member) throws IOException {
    assertThat(isValid(with(member))).isTrue();
    assertThat(isRead(with(member))).isFalse();
  }

  /** Of what may be written in several ways the schema has one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"fps\": \"5\"",
        "\"transport\": \"TCP\"",
        "\"classes\": \"car, person\"",
        "\"score\": null"
      })
  void otherSpellingsAreRead(String member) throws IOException {
    assertThat(isRead(with(member))).isTrue();
    assertThat(isValid(with(member))).isFalse();
  }

  /** Each choice and each limit that the schema names, and what lies beyond. */
  static Stream<String> limits() {
    var members = new ArrayList<String>();
    SCHEMA
        .get("properties")
        .properties()
        .forEach(
            property -> {
              var name = "\"" + property.getKey() + "\": ";
              var rule = property.getValue();
              rule.path("enum").forEach(choice -> members.add(name + choice));
              for (var limit : List.of("minimum", "maximum")) {
                if (rule.has(limit)) {
                  members.add(name + rule.get(limit));
                }
              }
            });
    return members.stream();
  }

  @ParameterizedTest
  @MethodSource("limits")
  void everyChoiceAndEveryLimitIsTaken(String member) throws IOException {
    bothTake(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"every-nth\": 0",
        "\"every-nth\": 1000001",
        "\"fps\": 0.0009",
        "\"fps\": 1000.1",
        "\"score\": -0.001",
        "\"score\": 1.001"
      })
  void whatIsBeyondALimitIsRefused(String member) throws IOException {
    bothRefuse(member);
  }

  /** The README shows a camera's defaults. */
  @Test
  void theReadmesCameraIsOne() throws IOException {
    var readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("```yaml\ncameras:\n") + "```yaml\n".length();
    var example = readme.substring(start, readme.indexOf("```", start));
    var camera = Yaml.read("version: 1\n" + example, java.util.Map.of()).cameras().get(0);
    assertThat(camera)
        .isEqualTo(
            CameraDefinition.builder(camera.id(), camera.url())
                .credentials(camera.credentials())
                .certificates(camera.certificates())
                .mostFramesPerSecond(5)
                .build());
  }
}
