package io.vigil.pipeline.cli;

import static io.vigil.pipeline.cli.CommandLineRun.STREET;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.pipeline.testing.SharedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a Kafka that is there already, and stays. */
class GivenBrokerTest {
  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @TempDir private Path folder;

  @Test
  void runAndDetectWriteTheSameBytes() throws IOException {
    var ran = CommandLineRun.of("run", "-c", jobFile("ran").toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("Done: 12 frames with ");

    var out = folder.resolve("out");
    detect("detected", out, "--batch=1");
    assertThat(events("ran")).hasSize(12).isEqualTo(events("detected"));
    assertThat(Files.readAllLines(out.resolve("events.jsonl"))).isEqualTo(events("detected"));
  }

  @Test
  void readsBackItsOwnEventsOnly() throws IOException {
    detect("given", folder.resolve("first"));
    var second = folder.resolve("second");
    detect("given", second);
    assertThat(events("given")).hasSize(24);
    assertThat(Files.readAllLines(second.resolve("events.jsonl"))).hasSize(12);
  }

  @Test
  void aRunThatIsStoppedWhileItDrawsIsDrawnLaterAndWritesNothingAgain() throws IOException {
    var stopped = stoppedWhileItDraws("drawn");
    var resumed = CommandLineRun.of("detect", "--resume", "--out=" + stopped);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("Frames      12 at ");
    assertDrawn("drawn", stopped);
  }

  @Test
  void aRunThatIsKilledBeforeItNotesItsEndWritesNothingAgain() throws IOException {
    var stopped = stoppedWhileItDraws("killed-late");
    Files.delete(stopped.resolve(".vigil/detected.json"));
    var resumed = CommandLineRun.of("detect", "--resume", "--out=" + stopped);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertDrawn("killed-late", stopped);
  }

  private Path stoppedWhileItDraws(String topic) throws IOException {
    var out = folder.resolve("out");
    var run =
        CommandLineRun.interruptedAtTheFirstDrawing(
            "detect",
            STREET.toString(),
            "--end=1s",
            "--format=csv",
            "--bootstrap-servers=" + BROKER.servers(),
            "--topic=" + topic,
            "--out=" + out);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(130);
    assertThat(run.out())
        .contains("Stopped while drawing: 12 frames with ")
        .contains("Draw with: vigil detect --resume --out " + out);
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(".vigil", "events.jsonl");
    }
    return out;
  }

  private static void assertDrawn(String topic, Path out) throws IOException {
    assertThat(events(topic)).hasSize(12);
    assertThat(Files.readAllLines(out.resolve("events.jsonl"))).isEqualTo(events(topic));
    assertThat(out)
        .isDirectoryContaining(file -> file.endsWith("street.annotated.mp4"))
        .isDirectoryContaining(file -> file.endsWith("detections.csv"))
        .isDirectoryNotContaining(file -> file.endsWith(".vigil"));
  }

  private static void detect(String topic, Path out, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "detect",
                STREET.toString(),
                "--end=1s",
                "--no-video",
                "--bootstrap-servers=" + BROKER.servers(),
                "--topic=" + topic,
                "--out=" + out));
    arguments.addAll(List.of(more));
    var run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private Path jobFile(String topic) throws IOException {
    var yaml =
        """
        version: 1
        source: {files: ['%s'], end: 1s}
        batch: {size: 3}
        kafka: {bootstrap-servers: '%s', topic: %s}
        """
            .formatted(STREET, BROKER.servers(), topic);
    return Files.writeString(folder.resolve("job.yaml"), yaml);
  }

  private static List<String> events(String topic) {
    var events = new ArrayList<String>();
    try (var committed = CommittedEvents.of(BROKER.connection(), topic)) {
      committed.readAll(event -> events.add(new String(event.value(), StandardCharsets.UTF_8)));
    }
    return events;
  }
}
