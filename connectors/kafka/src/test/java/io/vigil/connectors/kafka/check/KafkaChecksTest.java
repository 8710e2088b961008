package io.vigil.connectors.kafka.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.Delivery.AtLeastOnce;
import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaChecksTest {

  private static EmbeddedBroker broker;
  private static KafkaConnection connection;

  @BeforeAll
  static void startBroker(@TempDir Path folder) {
    broker =
        EmbeddedBroker.at(folder).properties(Map.of("transaction.max.timeout.ms", "60000")).start();
    connection = KafkaConnection.to(broker.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void tellsThatNoBrokerIsThere() throws IOException {
    var nobody = KafkaConnection.to("127.0.0.1:" + freePort());
    assertRefused(
        KafkaChecks.of(nobody, EventTopics.named("doors"), new AtLeastOnce()),
        "Kafka: bootstrap.servers = %s: no broker answers there; start it, or correct host and port"
            .formatted(nobody.bootstrapServers()));
  }

  @Test
  void tellsThatTheHostIsUnknown() {
    assertRefused(
        KafkaChecks.of(
            KafkaConnection.to("kafka.invalid:9092"),
            EventTopics.named("doors"),
            new AtLeastOnce()),
        "Kafka: bootstrap.servers = kafka.invalid:9092: no such host; name brokers as host:port, with commas between");
  }

  @Test
  void tellsThatSomethingElseListens() throws Exception {
    try (var web = new Stranger("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertRefused(
          KafkaChecks.of(web.connection(), EventTopics.named("doors"), new AtLeastOnce()),
          "Kafka: bootstrap.servers = %s: what listens there does not answer as Kafka does with security.protocol = PLAINTEXT; correct the port, or the protocol if it wants TLS"
              .formatted(web.connection().bootstrapServers()));
    }
  }

  @Test
  void tellsThatTheListenerWantsTls() throws Exception {
    try (var tls = new Stranger("\u0015\u0003\u0003\u0000\u0002\u0002\u0050")) {
      assertRefused(
          KafkaChecks.of(tls.connection(), EventTopics.named("doors"), new AtLeastOnce()),
          "Kafka: security.protocol = PLAINTEXT: the listener at %s wants TLS; set security.protocol to SSL or SASL_SSL"
              .formatted(tls.connection().bootstrapServers()));
    }
  }

  @Test
  void tellsThatTheListenerHasNoTls() {
    var servers = connection.bootstrapServers();
    assertRefused(
        KafkaChecks.of(
            new KafkaConnection(servers, Map.of("security.protocol", "SSL")),
            EventTopics.named("doors"),
            new AtLeastOnce()),
        "Kafka: security.protocol = SSL: the listener at %s has no TLS; set security.protocol to PLAINTEXT or SASL_PLAINTEXT, or name its TLS port"
            .formatted(servers));
  }

  @Test
  void tellsEveryMissingTopic() {
    assertRefused(
        KafkaChecks.of(connection, EventTopics.named("none"), new AtLeastOnce()),
        """
        Kafka: 3 problems
          - topic 'none' does not exist; create it, or allow Vigil to create topics
          - topic 'none-streams' does not exist; create it, or allow Vigil to create topics
          - topic 'none-failed' does not exist; create it, or allow Vigil to create topics\
        """);
  }

  @Test
  void createsWhatIsMissingAndFindsItTheNextTime() throws Exception {
    var topics = EventTopics.named("made");
    var checks = KafkaChecks.of(connection, topics, new AtLeastOnce()).createTopics(3, 1);
    assertThat(checks.run().created()).isEqualTo(topics.all());
    assertThat(checks.run().created()).isEmpty();
    try (var admin = admin()) {
      var made = admin.describeTopics(List.of("made")).topicNameValues().get("made").get();
      assertThat(made.partitions()).hasSize(3);
    }
  }

  @Test
  void takesTheLongestTransactionThatTheBrokerAllows() {
    var facts =
        KafkaChecks.of(connection, EventTopics.named("asked"), new ExactlyOnce("asked"))
            .createTopics(1, 1)
            .checkpointInterval(Duration.ofSeconds(30))
            .run();
    assertThat(facts.clusterId()).isEqualTo(broker.clusterId());
    assertThat(facts.delivery())
        .isEqualTo(new ExactlyOnce("asked", Optional.of(Duration.ofMinutes(1))));
  }

  @Test
  void tellsThatATransactionIsLongerThanTheBrokerAllows() {
    assertRefused(
        transactionOf(Duration.ofMinutes(2), Duration.ofSeconds(1)),
        "Kafka: transaction.timeout.ms = 120000 is more than the broker's transaction.max.timeout.ms = 60000; lower the first or raise the second");
  }

  @Test
  void tellsThatCheckpointsOutlastTheTransaction() {
    assertRefused(
        transactionOf(Duration.ofSeconds(60), Duration.ofSeconds(31)),
        "Kafka: transaction.timeout.ms = 60000 is less than 2 checkpoint intervals of 31000 ms, so that the broker would abort what a checkpoint has promised; checkpoint more often, or raise it and the broker's transaction.max.timeout.ms");
  }

  @Test
  void tellsThatNoWriteCanSucceed() throws Exception {
    try (var admin = admin()) {
      var strict = new NewTopic("strict", 1, (short) 1);
      admin.createTopics(List.of(strict.configs(Map.of("min.insync.replicas", "2")))).all().get();
    }
    assertRefused(
        KafkaChecks.of(connection, EventTopics.named("strict"), new AtLeastOnce())
            .createTopics(1, 1),
        "Kafka: topic 'strict': min.insync.replicas = 2 is more than its 1 replica, so that no write ever succeeds; lower it or add replicas");
  }

  @Test
  void tellsThatTopicsHaveTooFewPartitionsOrForget() throws Exception {
    try (var admin = admin()) {
      var compacted = new NewTopic("narrow", 2, (short) 1);
      var policy = Map.of("cleanup.policy", "compact,delete");
      admin.createTopics(List.of(compacted.configs(policy))).all().get();
    }
    assertRefused(
        KafkaChecks.of(connection, EventTopics.named("narrow"), new AtLeastOnce())
            .createTopics(4, 1),
        """
        Kafka: 2 problems
          - topic 'narrow' has 2 partitions, and partitions = 4 is asked for; ask for 2, or name a new topic: partitions that are added to one in use move its streams, and their order is lost
          - topic 'narrow' has cleanup.policy = compact,delete, which keeps the last record of each stream only; set cleanup.policy=delete\
        """);
    assertRefused(
        KafkaChecks.of(connection, new AtLeastOnce()).reading("narrow", 3),
        """
        Kafka: 2 problems
          - topic 'narrow' has cleanup.policy = compact,delete, which keeps the last record of each stream only; set cleanup.policy=delete
          - topic 'narrow' has 2 partitions, fewer than the 3 subtasks that are to read it (parallelism), and one partition has one reader; lower the parallelism to 2, or give the topic more partitions\
        """);
  }

  @Test
  void tellsWhichPropertiesWouldBreakTheGuarantee() {
    var properties = Map.of("acks", "1", "enable.idempotence", "TRUE", "linger.ms", "7");
    assertRefused(
        KafkaChecks.of(
                new KafkaConnection(connection.bootstrapServers(), properties),
                EventTopics.named("weak"),
                new AtLeastOnce())
            .createTopics(1, 1),
        "Kafka: acks = 1: delivery and order rest on all; leave it out");
  }

  @Test
  void tellsWhichClientPropertiesAreRefused() {
    var properties = Map.of("security.protocol", "SECRET", "ssl.key.password", "hush");
    assertThatThrownBy(
            () ->
                KafkaChecks.of(
                        new KafkaConnection(connection.bootstrapServers(), properties),
                        EventTopics.named("doors"),
                        new AtLeastOnce())
                    .run())
        .isInstanceOf(KafkaCheckException.class)
        .hasMessageStartingWith("Kafka: the client's properties are refused (")
        .hasMessageContaining("security.protocol")
        .hasMessageNotContaining("hush");
  }

  private static KafkaChecks transactionOf(Duration timeout, Duration checkpointInterval) {
    Delivery delivery = new ExactlyOnce("timed", Optional.of(timeout));
    return KafkaChecks.of(connection, EventTopics.named("timed"), delivery)
        .createTopics(1, 1)
        .checkpointInterval(checkpointInterval);
  }

  private static void assertRefused(KafkaChecks checks, String message) {
    assertThatThrownBy(checks::run).isInstanceOf(KafkaCheckException.class).hasMessage(message);
  }

  private static Admin admin() {
    return Admin.create(connection.properties(Map.of()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
