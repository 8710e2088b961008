package io.vigil.connectors.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That this JVM lives to report is part of the test. */
class BrokerExitTest {

  @TempDir Path folder;

  @Test
  void tellsTheRunWhenKafkaWouldHaltTheProcess() {
    try (var broker = EmbeddedBroker.at(folder).start()) {
      assertThatThrownBy(() -> Exit.halt(1, "all log dirs failed"))
          .isInstanceOf(BrokerException.class)
          .hasMessage("the embedded broker asked to end the process: all log dirs failed");
      assertThat(broker.failure()).isPresent();
      assertThat(broker.failure().get())
          .hasMessage(
              "the embedded broker on %s died: all log dirs failed; see Kafka's log, correct the cause and run again",
              folder.resolve("data").toAbsolutePath());
    }
  }
}
