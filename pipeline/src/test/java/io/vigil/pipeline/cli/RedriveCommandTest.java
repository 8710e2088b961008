package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.pipeline.testing.FramesRun;
import io.vigil.pipeline.testing.PixelDetector;
import io.vigil.pipeline.testing.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class RedriveCommandTest {
  private static final String BARS = "bars_bt601.mp4";

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static CommandLineRun vigil(String command, String topic, String... more) {
    return CommandLineRun.onTopic(BROKER, command, topic, more);
  }

  @Test
  void putsRefusedRecordsBackOnceWhereTheyCameFrom() throws Exception {
    var connection = BROKER.connection();
    FramesRun.createTopic(connection, "refused", 1);
    var records = FramesRun.records("refused", BARS, true);
    records.set(1, with(records.get(1), new byte[0]));
    records.set(
        2,
        new ProducerRecord<>(
            "refused", null, "other".getBytes(), records.get(2).value(), records.get(2).headers()));
    FramesRun.send(connection, records);
    var run =
        new FramesRun(
            "redriven", connection, "refused", PixelDetector.factory(), 1, Duration.ofMillis(200));
    run.finish(1);
    assertThat(FramesRun.read(connection, run.dead())).hasSize(2);

    var listed = vigil("redrive", run.dead(), "--dry-run");
    assertThat(listed.out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("  " + BARS + "  refused/0/"));
    assertThat(listed.err()).isEqualTo("2 records; nothing was put back\n");

    var keyed = vigil("redrive", run.dead(), "--reason=its key is", "--rekey");
    assertThat(keyed.out()).isEqualTo("1 records were put back\n");
    assertThat(vigil("redrive", run.dead(), "--reason=its key is", "--rekey").out())
        .isEqualTo("0 records were put back\n");
    var putBack = FramesRun.read(connection, "refused");
    assertThat(putBack).hasSize(6);
    var last = putBack.get(5);
    assertThat(new String(last.key(), StandardCharsets.UTF_8)).isEqualTo(BARS);
    assertThat(last.value()).isEqualTo(records.get(2).value());
    assertThat(last.headers().lastHeader("vigil-session")).isNull();
    assertThat(header(last, "vigil-redriven")).startsWith(run.dead() + "/");

    assertThat(vigil("redrive", run.dead(), "--stream=nobody").out())
        .isEqualTo("0 records were put back\n");
    assertThat(vigil("redrive", run.dead(), "--to=elsewhere").err())
        .contains("topic 'elsewhere' does not exist");
    assertThat(vigil("redrive", run.dead()).out()).isEqualTo("1 records were put back\n");
    assertThat(FramesRun.read(connection, "refused")).hasSize(7);
    assertThat(vigil("redrive", run.dead(), "--dry-run").err())
        .isEqualTo("0 records; nothing was put back\n");
  }

  private static ProducerRecord<byte[], byte[]> with(
      ProducerRecord<byte[], byte[]> record, byte[] value) {
    return new ProducerRecord<>(record.topic(), null, record.key(), value, record.headers());
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
