package io.vigil.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.events.EventJson;
import io.vigil.events.StreamEvent;
import io.vigil.events.StreamEvent.Ledger;
import io.vigil.faults.RtspServer;
import io.vigil.pipeline.testing.Clips;
import io.vigil.pipeline.testing.FramesRun;
import io.vigil.pipeline.testing.SharedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class PublishCommandTest {
  private static final String BARS = "bars_bt601.mp4";

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @TempDir private Path folder;

  private static CommandLineRun vigil(String command, String topic, String... more) {
    return CommandLineRun.onTopic(BROKER, command, topic, more);
  }

  @ParameterizedTest
  @CsvSource({"units, h264", "jpeg, jpeg"})
  void publishesTheFramesOfAFileAndARunDetectsThem(String form, String codec) throws IOException {
    var topic = "published-" + form;
    var clip = Clips.variant(BARS).toString();
    var published = vigil("publish", topic, "--as=" + form, clip);
    assertThat(published.exitCode()).as(published.err()).isZero();
    assertThat(published.out()).isEqualTo("Done: 4 frames of " + BARS + " to " + topic + "\n");
    var records = FramesRun.read(BROKER.connection(), topic);
    assertThat(records).hasSize(5);
    assertThat(header(records.get(0), "vigil-codec")).isEqualTo(codec);
    assertThat(header(records.get(0), "vigil-size")).isEqualTo("160x96");

    assertThat(detected(topic, BARS)).isEqualTo(4);
  }

  /** Runs a job on the topic until the stream has ended, and counts its events. */
  private long detected(String topic, String stream) throws IOException {
    var job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        """
        version: 1
        model: {file: lite0}
        frames:
          topic: %s
        kafka:
          bootstrap-servers: %s
          topic: events-%s
        checkpoints:
          interval: 1s
        """
            .formatted(topic, BROKER.servers(), topic));
    var run = CommandLineRun.interruptedAt(stream + ": ended", "run", "-c", job.toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(130);
    var events = new ArrayList<Long>();
    try (var reader = CommittedEvents.of(BROKER.connection(), "events-" + topic)) {
      reader.readAll(event -> events.add(event.offset()));
    }
    assertThat(run.out()).startsWith("Stopped: %d frames with ".formatted(events.size()));
    return events.size();
  }

  /** From a real server; what is on the topic is what a job reads. */
  @ParameterizedTest
  @Tag("rtsp")
  @CsvSource({"units, h264", "jpeg, jpeg"})
  void publishesACameraUntilItIsInterruptedAndARunDetectsIt(String form, String codec)
      throws IOException {
    var topic = "camera-" + form;
    CommandLineRun published;
    try (var server = RtspServer.start(Clips.variant("closed_gop_h264.mp4"))) {
      published =
          CommandLineRun.interruptedAt(
              "[3-9]\\d frames",
              "publish",
              server.url(),
              "--stream=gate",
              "--as=" + form,
              "--topic=" + topic,
              "--bootstrap-servers",
              BROKER.servers());
    }
    assertThat(published.exitCode()).as(published.err()).isEqualTo(130);
    assertThat(published.err()).contains("gate: connected\n");
    var records = FramesRun.read(BROKER.connection(), topic);
    int frames = records.size() - 1;
    assertThat(frames).isGreaterThanOrEqualTo(30);
    assertThat(published.out())
        .isEqualTo("Stopped: %d frames of gate to %s\n".formatted(frames, topic));
    assertThat(header(records.get(frames), "vigil-end")).isEqualTo("true");
    assertThat(records).allMatch(record -> new String(record.key(), UTF_8).equals("gate"));
    assertThat(records.stream().map(record -> header(record, "vigil-session")).distinct())
        .hasSize(1);
    assertThat(records.subList(0, frames))
        .allSatisfy(
            record -> {
              assertThat(header(record, "vigil-codec")).isEqualTo(codec);
              assertThat(header(record, "vigil-size")).isEqualTo("160x90");
              assertThat(header(record, "vigil-capture-time")).matches("\\d{13}");
            });
    // What comes before a first key frame is published, and no job can decode it
    long detected = detected(topic, "gate");
    var ledger = ledger("events-" + topic + "-streams");
    assertThat(ledger.decoded()).isEqualTo(frames);
    assertThat(ledger.detected()).isEqualTo(detected).isPositive();
    assertThat(ledger.dropped().keySet()).isSubsetOf("keyframe");
    assertThat(ledger.balances()).isTrue();
  }

  /** Of the stream's end. */
  private static Ledger ledger(String topic) {
    var ended = FramesRun.read(BROKER.connection(), topic).get(1);
    return ((StreamEvent) EventJson.read(ended.value())).ledger();
  }

  @Test
  void publishingPacesItselfAndAnInterruptEndsTheStream() {
    var run =
        CommandLineRun.interruptedAt(
            "2 frames",
            "publish",
            "--realtime",
            "--stream=gate",
            "--topic=paced",
            "--bootstrap-servers",
            BROKER.servers(),
            Clips.street().toString());
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.out()).startsWith("Stopped: ").contains(" frames of gate to paced");
    var records = FramesRun.read(BROKER.connection(), "paced");
    assertThat(records).hasSizeBetween(3, 100);
    assertThat(header(records.get(records.size() - 1), "vigil-end")).isEqualTo("true");
  }

  @Test
  void tellsWhatIsWrongBeforeItBegins() {
    assertThat(vigil("publish", "a topic", Clips.variant(BARS).toString()).err())
        .isEqualTo(
            "vigil: the command line: --topic a topic: a topic has 1 to 249 letters, digits,"
                + " dots, dashes and underscores\n");
    assertThat(vigil("publish", "no-pts", Clips.variant("raw.h264").toString()).err())
        .contains("its units have no presentation times; put it into a container");
    assertThat(vigil("publish", "turned", Clips.variant("rotated90.mp4").toString()).err())
        .contains("shown as 90 x 160, which units as they are do not say; publish it as jpeg");
    assertThat(vigil("publish", "camera", "--stream=a", "file:///etc/passwd").err())
        .contains("protocol file is refused");
    assertThat(vigil("redrive", "nothere").err())
        .contains("topic 'nothere' does not exist, and it is to be read");
  }

  /** Many have a certificate of their own, and an address in the place of a name. */
  @Test
  void aCamerasCertificateIsPassedByIfAsked() {
    var url = "rtsps://127.0.0.1:1/camera";
    assertThat(vigil("publish", "encrypted", "--stream=gate", url).err())
        .contains("its url has an address, and a certificate is of a name");
    var published =
        CommandLineRun.interruptedAt(
            "Connection refused",
            "publish",
            url,
            "--no-verify",
            "--stream=gate",
            "--topic=encrypted",
            "--bootstrap-servers",
            BROKER.servers());
    assertThat(published.exitCode()).as(published.err()).isEqualTo(130);
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
