package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.kafka.EventTopics;
import io.vigil.events.StreamEvent;
import io.vigil.events.StreamEvent.Kind;
import io.vigil.faults.RtspServer;
import io.vigil.pipeline.testing.Clips;
import io.vigil.pipeline.testing.SharedBroker;
import io.vigil.pipeline.trial.EventWatch;
import io.vigil.pipeline.trial.EventWatch.Condition;
import io.vigil.pipeline.trial.StreamFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code vigil run} with cameras, from its configuration to what its consumers see. */
@Tag("rtsp")
@Timeout(300)
class LiveRunTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static RtspServer server;
  @TempDir private Path folder;

  @BeforeAll
  static void startServer() throws IOException {
    server = RtspServer.start(Clips.variant("closed_gop_h264.mp4"));
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  private RunningCommand run(String topic, String yaml) throws IOException {
    var file = folder.resolve("job.yaml");
    var kafka = "kafka: {bootstrap-servers: '%s', topic: %s}\n".formatted(BROKER.servers(), topic);
    Files.writeString(file, "version: 1\nmodel: {file: lite0}\n" + yaml + kafka);
    return RunningCommand.start("run", "-c", file.toString());
  }

  private static void await(EventWatch watch, Condition condition) throws Exception {
    assertThat(watch.await(PATIENCE, condition)).isTrue();
  }

  private static List<Kind> kinds(StreamFigures stream) {
    return stream.story().stream().map(StreamEvent::kind).toList();
  }

  /** What holds checkpoints is gone for a moment, which fails the job. */
  @Test
  void aJobThatFailsGoesOnByItselfAndTellsWhatItMissed() throws Exception {
    var checkpoints = folder.resolve("checkpoints");
    var yaml =
        """
        cameras: {gate: {url: '%s', fps: 3, overload: block}}
        checkpoints: {interval: 1s, directory: '%s'}
        """
            .formatted(server.url(), checkpoints.toUri());
    try (var command = run("fails", yaml)) {
      command.awaitTold("vigil: WARNING: The weights of efficientdet-lite0 are untrained");
      command.awaitTold("gate: connected");
      try (var watch = EventWatch.of(BROKER.connection(), EventTopics.named("fails"))) {
        var gate = watch.of("gate");
        await(watch, () -> gate.seen() > 2);
        var before = completed(checkpoints);
        await(watch, () -> !before.containsAll(completed(checkpoints)));

        loseWhile(checkpoints, () -> command.awaitTold("The job failed and goes on by itself: "));
        command.awaitTold("gate: gap, \\d+\\.\\d s, about \\d+ frames");
        await(watch, () -> gate.sessions() == 2);

        var stopped = command.stop();
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
        assertThat(stopped.out())
            .matches("(?s)Stopped: \\d+ frames .*Go on with: vigil run -c .* --from .*\n");
        assertThat(gate.doubled()).isZero();
        assertThat(kinds(gate))
            .containsSubsequence(Kind.CONNECTED, Kind.ENDED, Kind.RECONNECTED, Kind.GAP);
        var ended = ofKind(gate, Kind.ENDED);
        assertThat(ended.detail()).startsWith("the job was restored;");
        assertThat(ended.ledger().balances()).isTrue();
        assertThat(ended.ledger().detected()).isBetween(1L, gate.framesOf(ended.session()));
        var gap = ofKind(gate, Kind.GAP).gap();
        assertThat(gap.to()).isGreaterThan(gap.from());
        assertThat(gap.frames()).isPositive();
      }
    }
  }

  private static StreamEvent ofKind(StreamFigures stream, Kind kind) {
    return stream.story().stream().filter(event -> event.kind() == kind).findFirst().orElseThrow();
  }

  /** Those that are kept. */
  private static List<Path> completed(Path checkpoints) throws IOException {
    try (var files = Files.walk(checkpoints)) {
      return files.filter(file -> file.endsWith("_metadata")).toList();
    } catch (UncheckedIOException e) {
      return List.of(); // one was removed meanwhile
    }
  }

  private static void loseWhile(Path checkpoints, Runnable until) throws IOException {
    var away = checkpoints.resolveSibling("away");
    Files.move(checkpoints, away);
    Files.createFile(checkpoints);
    until.run();
    Files.delete(checkpoints);
    Files.move(away, checkpoints);
  }

  /** Adds or changes a camera; a definition of null takes it away. */
  @FunctionalInterface
  private interface Roster {
    void put(String id, String definition) throws Exception;
  }

  @Test
  void camerasOfAFileComeChangeAndGo() throws Exception {
    var file = folder.resolve("cameras.yaml");
    var cameras = new TreeMap<String, String>();
    camerasComeChangeAndGo(
        "of-file",
        "{file: '%s', interval: 100ms}".formatted(file),
        (id, definition) -> {
          cameras.compute(id, (key, before) -> definition);
          var lines = cameras.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue());
          var next = Files.writeString(folder.resolve("next"), lines.collect(joined()));
          Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining("\n", "", "\n");
  }

  @Test
  void camerasOfATopicComeChangeAndGo() throws Exception {
    var compact = Map.of("cleanup.policy", "compact");
    try (var admin = Admin.create(BROKER.connection().properties(Map.of()))) {
      var topic = new NewTopic("live-cameras", 2, (short) 1).configs(compact);
      admin.createTopics(List.of(topic)).all().get();
    }
    var text = new StringSerializer();
    try (var producer = new KafkaProducer<>(BROKER.connection().properties(Map.of()), text, text)) {
      camerasComeChangeAndGo(
          "of-topic",
          "{topic: live-cameras}",
          (id, definition) ->
              producer.send(new ProducerRecord<>("live-cameras", id, definition)).get());
    }
  }

  private void camerasComeChangeAndGo(String topic, String from, Roster roster) throws Exception {
    var camera = "{url: '%s', fps: 3, overload: block}".formatted(server.url());
    roster.put("a", camera);
    try (var command = run(topic, "cameras-from: " + from + "\n")) {
      command.awaitTold("a: connected");
      try (var watch = EventWatch.of(BROKER.connection(), EventTopics.named(topic))) {
        roster.put("b", camera);
        command.awaitTold("b: connected");
        roster.put("b", camera.replace("fps: 3", "fps: 2"));
        command.awaitTold("b: ended, the camera's definition was changed");
        command.awaitTold("b: reconnected");
        roster.put("c", "{url: 'file:///etc/passwd'}");
        command.awaitTold("c: refused, protocol file is refused");
        roster.put("b", "{url: '%s', fsp: 3}".formatted(server.url()));
        command.awaitTold("b: refused, fsp: no such key\\.");
        long before = watch.of("b").seen();
        await(watch, () -> watch.of("b").seen() > before + 3);
        roster.put("b", null);
        command.awaitTold("b: ended, the camera was removed");
        roster.put("a", null);
        command.awaitTold("a: ended, the camera was removed");
        requireUndisturbed(watch);
        assertThat(kinds(watch.of("b")))
            .containsSubsequence(
                Kind.CONNECTED, Kind.ENDED, Kind.RECONNECTED, Kind.REFUSED, Kind.ENDED);
        assertThat(kinds(watch.of("c"))).containsExactly(Kind.REFUSED);
        assertThat(watch.of("c").story().get(0).detail()).startsWith("protocol file is refused;");
        assertThat(command.stop().exitCode()).isEqualTo(130);
      }
    }
  }

  /** One session from the beginning to its removal, and not a frame of it was lost or doubled. */
  private static void requireUndisturbed(EventWatch watch) throws Exception {
    var undisturbed = watch.of("a");
    await(watch, () -> undisturbed.story().size() == 2);
    assertThat(kinds(undisturbed)).containsExactly(Kind.CONNECTED, Kind.ENDED);
    assertThat(undisturbed.sessions()).isOne();
    assertThat(undisturbed.doubled()).isZero();
    var end = undisturbed.story().get(1);
    await(watch, () -> undisturbed.framesOf(end.session()) >= end.ledger().detected());
    assertThat(end.ledger().balances()).isTrue();
    assertThat(end.ledger().detected()).isEqualTo(undisturbed.framesOf(end.session()));
    assertThat(end.ledger().dropped()).containsOnlyKeys("sampling");
    assertThat(end.ledger().failed()).isEmpty();
  }
}
