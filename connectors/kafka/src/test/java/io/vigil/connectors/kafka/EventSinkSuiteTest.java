package io.vigil.connectors.kafka;

import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.apache.flink.connector.testframe.TestResource;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestExternalSystem;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SinkTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;

/** Flink's own tests of a sink, all of them, of the sink of events with both deliveries. */
class EventSinkSuiteTest extends SinkTestSuiteBase<String> {

  @TestSemantics
  final CheckpointingMode[] semantics = {
    CheckpointingMode.EXACTLY_ONCE, CheckpointingMode.AT_LEAST_ONCE
  };

  @TestEnv
  final MiniClusterTestEnvironment flink =
      new MiniClusterTestEnvironment(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(2)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TestExternalSystem final Broker broker = new Broker();

  @TestContext
  final ExternalContextFactory<EventSinkContext> contexts =
      test -> new EventSinkContext(broker.connection());

  /** The broker of the suite. */
  static final class Broker implements TestResource {
    private Path folder;
    private EmbeddedBroker broker;

    @Override
    public void startUp() throws IOException {
      if (broker == null) {
        folder = Files.createTempDirectory("vigil-suite");
        broker = EmbeddedBroker.at(folder).start();
      }
    }

    KafkaConnection connection() {
      return KafkaConnection.to(broker.bootstrapServers());
    }

    @Override
    public void tearDown() throws IOException {
      if (broker == null) {
        return;
      }
      broker.close();
      broker = null;
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
