package io.vigil.connectors.frames.suite;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.apache.flink.connector.testframe.TestResource;

/** The broker of a suite. */
public final class BrokerResource implements TestResource {
  private Path folder;
  private EmbeddedBroker broker;

  @Override
  public void startUp() throws IOException {
    if (broker == null) {
      folder = Files.createTempDirectory("vigil-suite");
      broker = EmbeddedBroker.at(folder).start();
    }
  }

  public KafkaConnection connection() {
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
