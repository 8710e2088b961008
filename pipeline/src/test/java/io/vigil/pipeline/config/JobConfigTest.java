package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobConfigTest {

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").parallelism()).isZero();
    assertThat(Yaml.withAdded("").name()).matches("vigil-vigil-events-[0-9a-f]{8}");
  }

  @Test
  void everyKey() {
    assertThat(Yaml.withAdded("parallelism: 3").parallelism()).isEqualTo(3);
    assertThat(Yaml.withAdded("name: doors_1.a-b").name()).isEqualTo("doors_1.a-b");
  }

  @Test
  void aJobThatWritesTheSameEventsKeepsItsNameAndAnotherHasAnother() {
    var name = Yaml.withAdded("").name();
    assertThat(
            Yaml.withAdded(
                    "parallelism: 3\nbatch: {size: 8}\ncheckpoints: {interval: 1s}\n"
                        + "model: {device: cpu, threads: 2}\nkafka: {delivery: at-least-once}\n")
                .name())
        .isEqualTo(name);
    var others =
        Stream.of(
                "model: {file: d1}",
                "model: {square: true}",
                "detection: {score: 0.4}",
                "detection: {classes: [car]}",
                "kafka: {topic: doors}")
            .map(yaml -> Yaml.withAdded(yaml).name());
    var otherSources =
        Stream.of("files: [b.mp4]", "files: [b/a.mp4]", "files: [a.mp4], fps: 5")
            .map(keys -> Yaml.read("version: 1\nsource: {" + keys + "}", Map.of()).name());
    var names = Stream.concat(Stream.of(name), Stream.concat(others, otherSources)).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(Yaml.read("version: 1\nsource: {files: [./b/../a.mp4]}", Map.of()).name())
        .isEqualTo(name);
  }

  @Test
  void refusesNamesThatKafkaOrAReaderWouldStumbleOver() {
    assertThat(Yaml.problemsWithAdded("name: 'doors:2'"))
        .containsExactly(
            "name: doors:2: a name has 1 to 100 letters, digits, dots, dashes and underscores");
    assertThat(Yaml.problemsWithAdded("name: " + "x".repeat(101))).hasSize(1);
  }

  @Test
  void refusesAllAtOnce() {
    assertThat(Yaml.problems("sources: {}\nparallelism: -1\nbatch: 3\ndetection: {score: x}\n"))
        .containsExactly(
            "version: is missing; write version: 1",
            "source.files: at least one video file, folder or glob is needed",
            "batch: must hold keys of its own (how frames are gathered)",
            "detection.score: x: must be a number from 0 to 1"
                + " (the lowest score of a detection that is kept)",
            "parallelism: -1: must be a whole number from 0 to 1024"
                + " (subtasks; 0 leaves it to the cluster)",
            "sources: no such key. Did you mean source? Here are: version, name, cameras, cameras-from, frames, source, model, batch,"
                + " detection, kafka, checkpoints, parallelism.");
  }

  @Test
  void countsItsProblemsUnderTheFile() {
    assertThatThrownBy(() -> Yaml.read("version: 2\n", Map.of()))
        .hasMessageMatching(
            "(?s).*job\\S+\\.yaml has 2 problems:\n"
                + "  version: 2: must be a whole number from 1 to 1 .*\n"
                + "  source.files: at least one .*");
  }

  @Test
  void refusesWhatIsNoYaml() {
    assertThatThrownBy(() -> Yaml.read("version: 1\nsource: [\n", Map.of()))
        .hasMessageContaining(
            ".yaml, line 2: not YAML with keys: while parsing a flow node, expected the node content,");
    assertThatThrownBy(() -> Yaml.read("version: 1\nversion: 1\n", Map.of()))
        .hasMessageContaining("Duplicate");
    assertThatThrownBy(() -> JobConfig.fromYaml(Path.of("no-such.yaml"), Map.of()))
        .hasMessage("no-such.yaml: cannot be read: give an existing, readable YAML file");
  }

  @Test
  void namesOptionsWhereTheCommandLineGaveThem() {
    Map<String, Object> values =
        Map.of("source.files", List.of("a.mp4"), "detection.score", "2", "batch.size", "0");
    var options = Map.of("detection.score", "--score", "batch.size", "--batch");
    assertThatThrownBy(() -> JobConfig.fromOptions(values, options, Map.of()))
        .hasMessage(
            "the command line has 2 problems:\n"
                + "  --batch 0: must be a whole number from 1 to 256"
                + " (most frames that go through the network at once)\n"
                + "  --score 2: must be a number from 0 to 1"
                + " (the lowest score of a detection that is kept)");
  }
}
