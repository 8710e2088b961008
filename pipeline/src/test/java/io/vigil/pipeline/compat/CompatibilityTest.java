package io.vigil.pipeline.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.frames.dead.DeadLetters;
import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.source.FramesSource;
import io.vigil.connectors.frames.source.StartAt;
import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.pipeline.compat.SchemaChanges.Side;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.job.DetectionJob;
import io.vigil.pipeline.job.JobSinks;
import io.vigil.pipeline.testing.PixelDetector;
import io.vigil.pipeline.trial.Trials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that was released is broken without another version. */
class CompatibilityTest {

  static final Path OPERATORS = Released.KEPT.resolve("state").resolve("operators.txt");

  @ParameterizedTest
  @EnumSource
  void whoeverReliesOnASchemaStillCan(Released schema) {
    assertThat(schema.kept()).as("a new version is kept when it is released: compat/keep").exists();
    assertThat(
            SchemaChanges.breaking(schema.side(), SchemaPages.of(schema.kept()), schema.current()))
        .as(
            "changes that break %s; take them back, or raise the version and keep reading the old"
                + " one",
            schema.side() == Side.READERS ? "consumers" : "files that people have")
        .isEmpty();
  }

  /** What a change would be told as; each is made on the schema that is there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EVENT | \"pts\": {\"$ref | \"time\": {\"$ref | (oneOf 1)/pts was removed (or has another"
            + " name)",
        "EVENT | \"width\": {\"description\": \"As displayed: after rotation and pixel aspect\","
            + " \"type\": \"integer\" | \"width\": {\"type\": \"number\" | (oneOf 1)/width may now"
            + " be of type number",
        "EVENT | , \"gap\", \"reconnected\" | , \"reconnected\" | (oneOf 3)/event had the value"
            + " \"gap\", which is there no more",
        "EVENT | [\"class_id\", \"class\", | [\"class_id\", | (oneOf 1)/detections[]/class was"
            + " always there and may now be missing",
        "EVENT | \"maximum\": 1} | \"maximum\": 100} | (oneOf 1)/detections[]/score has maximum 100"
            + " in the place of 1",
        "EVENT | [0-9a-f]{32} | [0-9a-f]{16} | event_id has another pattern: \"^[0-9a-f]{32}$\""
            + " became \"^[0-9a-f]{16}$\"",
        "JOB | \"padded\" | \"filled\" | batch/padded was removed (or has another name)",
        "JOB | \"maximum\": 256 | \"maximum\": 64 | batch/size(anyOf 1) has maximum 64 in the place"
            + " of 256",
        "JOB | , \"effdet\"] | ] | detection/convention(anyOf 1) had the value \"effdet\", which is"
            + " there no more",
        "JOB | \"default\": 0.3 | \"default\": 0.5 | detection/score has another default, which"
            + " changes jobs that leave it out: 0.3 became 0.5",
        "JOB | \"default\": \"50ms\" | \"default\": \"60ms\" | batch/timeout has another default,"
            + " which changes jobs that leave it out: \"50ms\" became \"60ms\"",
        "CAMERA | \"default\": \"5s\" | \"default\": \"7s\" | stall-limit has another default, which"
            + " changes jobs that leave it out: \"5s\" became \"7s\"",
        "JOB | \"required\": [\"version\"] | \"required\": [\"version\", \"name\"] | name is now"
            + " required",
        "CAMERA | \"required\": [\"url\"] | \"required\": [\"url\", \"fps\"] | fps is now required",
        "CAMERA | \"minItems\": 3 | \"minItems\": 4 | masks[] has minItems 4 in the place of 3"
      })
  void aBreakIsTold(Released schema, String text, String change, String told) throws Exception {
    var current = schema.current();
    var before = Files.readString(current.file());
    assertThat(before).contains(text);
    var after = current.edited(before.replace(text, change));
    assertThat(SchemaChanges.breaking(schema.side(), current, after)).contains(told);
  }

  @Test
  void whatIsOnlyAddedBreaksNobody() throws Exception {
    var event = Released.EVENT.current();
    var more =
        Files.readString(event.file())
            .replace("\"reconnected\"", "\"reconnected\", \"renamed\"")
            .replace("\"event_id\": {", "\"host\": {\"type\": \"string\"}, \"event_id\": {");
    assertThat(SchemaChanges.breaking(Side.READERS, event, event.edited(more))).isEmpty();
    var job = Released.JOB.current();
    var wider =
        Files.readString(job.file())
            .replace("\"maximum\": 256", "\"maximum\": 512")
            .replace("\"padded\": {", "\"order\": {\"type\": \"string\"}, \"padded\": {");
    assertThat(SchemaChanges.breaking(Side.WRITERS, job, job.edited(wider))).isEmpty();
  }

  @Test
  void everyOperatorOfASavedJobIsStillThere() throws Exception {
    assertThat(operators())
        .as("an operator without its uid loses its state, and a savepoint is refused")
        .containsAll(Files.readAllLines(OPERATORS));
  }

  /** Uids of the operators of a job that has all. */
  static TreeSet<String> operators() {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    var connection = KafkaConnection.to("localhost:1");
    var letterbox = new LetterboxSettings(128, 128, false, new Fill(0, 0, 0));
    var delivery = new ExactlyOnce("job");
    DetectionJob.build(
        environment,
        FramesSource.of(connection, "frames", StartAt.EARLIEST, FrameLimits.USUAL, letterbox),
        Trials.inference(PixelDetector.factory(), 1),
        new JobSinks(
            EventSink.of(connection, EventTopics.named("events"), delivery),
            Optional.of(DeadLetters.sink(connection, "dead", 1 << 20, delivery))));
    return environment.getStreamGraph().getStreamNodes().stream()
        .map(StreamNode::getTransformationUID)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** It begins the ids of transactions, which an upgraded job finds again by it. */
  @Test
  void aJobWithoutANameHasTheOneThatItHad(@TempDir Path folder) throws Exception {
    var yaml =
        "version: 1\nsource: {files: [/videos/a.mp4]}\nmodel: {file: d0}\ndetection: {classes: [car]}\n";
    var file = Files.writeString(folder.resolve("job.yaml"), yaml);
    assertThat(JobConfig.fromYaml(file, Map.of()).name()).isEqualTo("vigil-vigil-events-aaaf556e");
    Files.writeString(file, yaml.replace("model: {file: d0}\n", ""));
    assertThat(JobConfig.fromYaml(file, Map.of()).name()).isEqualTo("vigil-vigil-events-4afff3bd");
  }
}
