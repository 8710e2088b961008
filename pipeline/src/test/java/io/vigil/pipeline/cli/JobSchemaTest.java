package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read, against the published schema: both take the same and refuse the same. */
class JobSchemaTest {

  private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
  private static final Path FILE = DOCS.resolve("job.schema.json");
  private static final String FILES = "version: 1\nsource: {files: [a.mp4]}\n";
  private static final String CAMERA = "version: 1\ncameras: {gate: {url: 'rtsp://host/a'}}\n";
  private static final Map<String, String> ENVIRONMENT = Map.of("VIGIL_JAAS", "secret");

  @TempDir private Path folder;

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(FILE.toUri());
  }

  private static JsonNode json() throws Exception {
    return new ObjectMapper().readTree(FILE.toFile());
  }

  private void requireTaken(String yaml) throws Exception {
    assertThat(schema().validate(new YAMLMapper().readTree(yaml))).as(yaml).isEmpty();
    JobConfig.fromYaml(file(yaml), ENVIRONMENT);
  }

  private void requireRefused(String yaml) throws Exception {
    assertThat(schema().validate(new YAMLMapper().readTree(yaml))).as(yaml).isNotEmpty();
    assertThatExceptionOfType(ConfigException.class).as(yaml).isThrownBy(() -> read(yaml));
  }

  private JobConfig read(String yaml) throws Exception {
    return JobConfig.fromYaml(file(yaml), ENVIRONMENT);
  }

  private Path file(String yaml) throws Exception {
    return Files.writeString(folder.resolve("job.yaml"), yaml);
  }

  /** The program names the keys that a section has where it is given one that it has not. */
  @ParameterizedTest
  @CsvSource({
    "'', /properties",
    "source, /properties/source/properties",
    "model, /properties/model/properties",
    "batch, /properties/batch/properties",
    "detection, /properties/detection/properties",
    "kafka, /properties/kafka/properties",
    "checkpoints, /properties/checkpoints/properties",
    "frames, /properties/frames/properties",
    "cameras-from, /properties/cameras-from/properties"
  })
  void eachSectionHasTheKeysOfTheSchemaAndNoOther(String section, String place) throws Exception {
    var unknown = section.isEmpty() ? "nosuch: 1\n" : section + ": {nosuch: 1}\n";
    assertThat(keys("version: 1\n" + unknown)).isEqualTo(names(json().at(place)));
  }

  @Test
  void aCameraHasTheKeysOfItsSchemaAndNoOther() throws Exception {
    var cameras =
        new ObjectMapper().readTree(DOCS.resolve("camera-definition.schema.json").toFile());
    assertThat(keys("version: 1\ncameras: {gate: {nosuch: 1}}\n"))
        .isEqualTo(names(cameras.get("properties")));
  }

  private TreeSet<String> keys(String yaml) {
    var thrown = assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> read(yaml));
    var listed =
        Pattern.compile("nosuch: no such key\\..*Here are: (.*)\\.")
            .matcher(thrown.actual().getMessage());
    assertThat(listed.find()).as(thrown.actual().getMessage()).isTrue();
    return new TreeSet<>(Arrays.asList(listed.group(1).split(", ")));
  }

  private static TreeSet<String> names(JsonNode properties) {
    var names = new TreeSet<String>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void everyOptionIsAKeyOfTheSchema() throws Exception {
    for (var key : JobOptions.KEYS.values()) {
      var place = "/properties/" + key.replace(".", "/properties/");
      assertThat(json().at(place).isMissingNode()).as(key).isFalse();
    }
  }

  /**
   * Another default breaks jobs that leave the key out, and it is by the schema that it is seen.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                          | 1  | source: {files: [a.mp4]}",
        "/model                    | 6  | source: {files: [a.mp4]}",
        "/batch                    | 3  | source: {files: [a.mp4]}",
        "/detection                | 6  | source: {files: [a.mp4]}",
        "/kafka                    | 3  | source: {files: [a.mp4]}",
        "/checkpoints              | 2  | source: {files: [a.mp4]}",
        "/frames                   | 3  | frames: {topic: t}",
        "/cameras-from             | 1  | cameras-from: {file: c.yaml}"
      })
  void aKeyThatIsLeftOutHasTheDefaultOfTheSchema(String section, int known, String source)
      throws Exception {
    var place = section == null ? "" : section;
    var keys = json().at(place.replace("/", "/properties/") + "/properties");
    requireDefaults("version: 1\n" + source, JsonPointer.compile(place), keys, known);
  }

  @Test
  void aCamerasKeyThatIsLeftOutHasTheDefaultOfItsSchema() throws Exception {
    var file = DOCS.resolve("camera-definition.schema.json").toFile();
    var keys = new ObjectMapper().readTree(file).get("properties");
    requireDefaults(CAMERA, JsonPointer.compile("/cameras/gate"), keys, 7);
  }

  private void requireDefaults(String yaml, JsonPointer section, JsonNode keys, int known)
      throws Exception {
    int told = 0;
    for (var key : keys.properties()) {
      var value = key.getValue().get("default");
      if (value != null && !key.getKey().equals("sigma")) {
        var tree = (ObjectNode) new YAMLMapper().readTree(yaml);
        tree.withObject(section).set(key.getKey(), value);
        assertThat(read(tree.toString())).as("with %s", tree).isEqualTo(read(yaml));
        told++;
      }
    }
    assertThat(told).as("keys with a default").isGreaterThanOrEqualTo(known);
  }

  @Test
  void theExamplesOfTheDocsAreTaken() throws Exception {
    requireTaken(example(DOCS.resolve("../README.md"), 0));
    requireTaken("version: 1\n" + example(DOCS.resolve("../README.md"), 1));
    requireTaken("version: 1\n" + example(DOCS.resolve("cameras.md"), 0));
    requireTaken("version: 1\n" + example(DOCS.resolve("cameras.md"), 1));
    requireTaken(example(DOCS.resolve("frames.md"), 0));
  }

  private static String example(Path page, int index) throws Exception {
    return List.of(Files.readString(page).split("```yaml\n")).get(index + 1).split("```")[0];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "detection:\n",
        "name: doors_1.a-b",
        "parallelism: 3",
        "batch: {size: 256, timeout: 0, concurrent: 2, padded: true}",
        "batch: {timeout: 1m30s}",
        "model: {file: /m.onnx, device: gpu, threads: 2, square: true}",
        "model: {gpu-memory: 4g, cpu-fallback: true}",
        "model: {gpu-memory: 0, gpu-arithmetic: reproducible}",
        "detection: {score: 0, max: 1, classes: [car], class-scores: {car: 0.5}}",
        "detection: {classes: 'car,truck', class-scores: 'car=0.5', convention: google-export}",
        "detection: {suppression: gaussian, sigma: 0.3, class-agnostic: true, top-k: 1}",
        "kafka: {bootstrap-servers: 'a:1,[::1]:2', delivery: at-least-once, partitions: 3}",
        "kafka: {bootstrap-servers: ['a:1', 'b:2'], topic: t, failed-topic: t.f, replicas: 3}",
        "kafka: {topic: '${env:VIGIL_JAAS}', properties: {sasl.jaas.config: x, linger.ms: 5}}",
        "checkpoints: {interval: 500ms, directory: 's3://b/c', mode: aligned}"
      })
  void bothTake(String yaml) throws Exception {
    requireTaken(FILES + yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch: 1",
        "name: 'a:b'",
        "parallelism: -1",
        "parallelism: 1.5",
        "batch: 3",
        "batch: {size: 0}",
        "batch: {size: 257}",
        "batch: {timeout: 20}",
        "batch: {timeout: 20 ms}",
        "batch: {padded: 1}",
        "batch: {concurrent: 0}",
        "model: {device: tpu}",
        "model: {threads: many}",
        "model: {gpu-memory: much}",
        "model: {gpu-arithmetic: quick}",
        "detection: {score: 1.1}",
        "detection: {max: 0}",
        "detection: {sigma: 0.5}",
        "detection: {suppression: gaussian, iou: 0.5}",
        "detection: {convention: mine}",
        "detection: {class-scores: {car: 2}}",
        "kafka: {bootstrap-servers: kafka}",
        "kafka: {topic: 'a b'}",
        "kafka: {topic: '..'}",
        "kafka: {delivery: exactly}",
        "kafka: {properties: {isolation.level: read_uncommitted}}",
        "kafka: {properties: {a: [1]}}",
        "checkpoints: {mode: unaligned}",
        "checkpoints: {interval: soon}",
        "cameras: {gate: {url: 'rtsp://host/a'}}",
        "frames: {topic: t}",
        "cameras-from: {file: c.yaml}"
      })
  void bothRefuse(String yaml) throws Exception {
    requireRefused(FILES + yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source: {files: [a.mp4]}",
        "version: 2\nsource: {files: [a.mp4]}",
        "version: 1",
        "version: 1\nsource: {files: []}",
        "version: 1\nsource: {files: [a.mp4], start: later}",
        "version: 1\nsource: {files: [a.mp4], fps: 0}",
        "version: 1\nsource: {files: [a.mp4], masks: [[[0, 0], [2, 0], [0, 1]]]}",
        "version: 1\ncameras: {gate: {}}",
        "version: 1\ncameras: {gate: {url: 'file:/a.mp4'}}",
        "version: 1\ncameras-from: {interval: 1s}",
        "version: 1\ncameras-from: {file: a, topic: b}",
        "version: 1\ncameras-from: {file: a, credentials: [password]}",
        "version: 1\nframes: {from: earliest}",
        "version: 1\nframes: {topic: t, max-bytes: 0}",
        CAMERA + "frames: {topic: t}",
        CAMERA + "source: {start: 1s}"
      })
  void bothRefuseWhatIsLookedAt(String yaml) throws Exception {
    requireRefused(yaml);
  }
}
