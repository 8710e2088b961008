package io.vigil.connectors.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @TempDir Path folder;

  @Test
  void servesTheClusterItNames() throws Exception {
    try (var broker = EmbeddedBroker.at(folder).start();
        var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(admin.describeCluster().clusterId().get()).isEqualTo(broker.clusterId());
    }
  }

  @Test
  void keepsClusterAndCommittedRecordsWhenKilled() throws Exception {
    var killed = KilledBroker.start(folder);
    try (var broker = EmbeddedBroker.at(folder).start()) {
      assertThat(broker.clusterId()).isEqualTo(killed.clusterId());
      assertThat(KilledBroker.committed(broker.bootstrapServers())).containsExactly("a", "b", "c");
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedBroker.at(folder).port(port).start())
          .isInstanceOf(BrokerException.class)
          .hasMessage(
              "the embedded broker's port %d is taken by another program; name another, or none for a free one",
              port);
    }
  }

  @Test
  void saysThatTheFolderIsInUseAndGivesItBackWhenClosed() {
    try (var first = EmbeddedBroker.at(folder).start()) {
      assertThatThrownBy(() -> EmbeddedBroker.at(folder).start())
          .isInstanceOf(BrokerException.class)
          .hasMessage(
              "the broker's folder %s is in use by another run; wait until it ends or name another folder",
              folder.toAbsolutePath());
      assertThat(first.failure()).isEmpty();
    }
    EmbeddedBroker.at(folder).start().close();
  }

  @Test
  void saysThatTheFolderIsAFile() throws Exception {
    var file = Files.createFile(folder.resolve("file"));
    var below = file.resolve("kafka");
    assertThatThrownBy(() -> EmbeddedBroker.at(below).start())
        .isInstanceOf(BrokerException.class)
        .hasMessage("the broker's folder %s: %s is a file; name a folder", below, file);
  }

  @Test
  void saysThatTheDiskIsFull() {
    assertThatThrownBy(() -> EmbeddedBroker.at(folder).minimumFreeBytes(1L << 60).start())
        .isInstanceOf(BrokerException.class)
        .hasMessageMatching(
            "the broker's folder .* has \\d+ MB free and needs at least 1099511627776 MB; "
                + "free some space or name a folder on another disk");
  }

  @Test
  void saysWhyItRefusesItsProperties() {
    assertThatThrownBy(
            () -> EmbeddedBroker.at(folder).properties(Map.of("num.io.threads", "none")).start())
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("did not start")
        .hasMessageContaining("num.io.threads");
  }
}
