package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.pipeline.testing.Clips;
import io.vigil.pipeline.testing.FramesRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class PublishCommandTest {
  private static final String BARS = "bars_bt601.mp4";

  @TempDir private static Path brokerFolder;
  private static EmbeddedBroker broker;
  private static KafkaConnection connection;
  @TempDir private Path folder;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.at(brokerFolder).start();
    connection = KafkaConnection.to(broker.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static CommandLineRun vigil(String command, String topic, String... more) {
    var arguments = new ArrayList<>(List.of(command, "--topic", topic));
    arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"units, h264", "jpeg, jpeg"})
  void publishesTheFramesOfAFileAndARunDetectsThem(String form, String codec) throws IOException {
    var topic = "published-" + form;
    var clip = Clips.variant(BARS).toString();
    var published = vigil("publish", topic, "--as=" + form, clip);
    assertThat(published.exitCode()).as(published.err()).isZero();
    assertThat(published.out()).isEqualTo("Done: 4 frames of " + BARS + " to " + topic + "\n");
    var records = FramesRun.read(connection, topic);
    assertThat(records).hasSize(5);
    assertThat(header(records.get(0), "vigil-codec")).isEqualTo(codec);
    assertThat(header(records.get(0), "vigil-size")).isEqualTo("160x96");

    var job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        """
        version: 1
        frames:
          topic: %s
        kafka:
          bootstrap-servers: %s
          topic: events-%s
        checkpoints:
          interval: 1s
        """
            .formatted(topic, broker.bootstrapServers(), form));
    var run = CommandLineRun.interruptedAt(BARS + ": ended", "run", "-c", job.toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(130);
    assertThat(run.out()).startsWith("Stopped: 4 frames with ");
    var events = new ArrayList<Long>();
    try (var reader = CommittedEvents.of(connection, "events-" + form)) {
      reader.readAll(event -> events.add(event.offset()));
    }
    assertThat(events).hasSize(4);
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
            broker.bootstrapServers(),
            Clips.street().toString());
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.out()).startsWith("Stopped: ").contains(" frames of gate to paced");
    var records = FramesRun.read(connection, "paced");
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

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
