package io.vigil.pipeline.compat;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.pipeline.testing.SavedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keeps what is released now; run by {@code compat/keep} and by no build. */
class KeepCompatibility {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  @Test
  void savepoint(@TempDir Path folder) throws Exception {
    try (var broker = EmbeddedBroker.at(folder).start()) {
      SavedJob.keep(KafkaConnection.to(broker.bootstrapServers()), folder);
    }
  }

  @Test
  void schemas() throws Exception {
    for (var schema : Released.values()) {
      Files.createDirectories(schema.kept().getParent());
      Files.copy(schema.current().file(), schema.kept(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void state() throws Exception {
    Files.createDirectories(CompatibilityTest.OPERATORS.getParent());
    Files.write(CompatibilityTest.OPERATORS, CompatibilityTest.operators());
    for (var form : StateForms.all()) {
      Files.writeString(form.kept(), form.written() + "\n");
    }
  }
}
