package io.vigil.connectors.kafka.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPermissionChecksTest {

  private static final EventTopics TOPICS = EventTopics.named("doors");
  private static final Delivery EXACTLY_ONCE = new Delivery.ExactlyOnce("vigil-doors");

  private static SecuredBroker broker;

  @BeforeAll
  static void startBroker(@TempDir Path folder) {
    broker = SecuredBroker.at(folder);
    var admin = broker.as("admin", "admin-secret");
    KafkaChecks.of(admin, TOPICS, new Delivery.AtLeastOnce()).createTopics(1, 1).run();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void allowNothing() throws Exception {
    broker.allowNothing();
  }

  @Test
  void tellsEverythingThatIsNotAllowedAtOnce() {
    assertThatThrownBy(() -> KafkaChecks.of(vigil(), TOPICS, EXACTLY_ONCE).run())
        .isInstanceOf(KafkaCheckException.class)
        .hasMessage(
            """
            Kafka: 4 problems
              - topic 'doors' may not be described by this user; allow the operations Describe and Write on it
              - topic 'doors-streams' may not be described by this user; allow the operations Describe and Write on it
              - topic 'doors-failed' may not be described by this user; allow the operations Describe and Write on it
              - transactional.id 'vigil-doors*' may not be used by this user; allow the operation Write on the transactional id with that prefix, or choose at-least-once\
            """);
  }

  @Test
  void tellsThatATopicMayNotBeWritten() throws Exception {
    broker.allow(ResourceType.TOPIC, "doors", AclOperation.READ);
    broker.allow(ResourceType.TOPIC, "doors-", AclOperation.WRITE);
    assertThatThrownBy(() -> KafkaChecks.of(vigil(), TOPICS, new Delivery.AtLeastOnce()).run())
        .isInstanceOf(KafkaCheckException.class)
        .hasMessage(
            "Kafka: topic 'doors': this user may not write it; allow the operation Write on it");
  }

  @Test
  void isContentWithWhatTheSinkNeedsAndNoMore() throws Exception {
    broker.allow(ResourceType.TOPIC, "doors", AclOperation.READ, AclOperation.WRITE);
    broker.allow(ResourceType.TRANSACTIONAL_ID, "vigil-doors", AclOperation.WRITE);
    var facts = KafkaChecks.of(vigil(), TOPICS, EXACTLY_ONCE).run();
    assertThat(facts.created()).isEmpty();
  }

  @Test
  void tellsThatATopicCannotBeCreatedWithWhichSettings() throws Exception {
    broker.allow(ResourceType.TOPIC, "gates", AclOperation.WRITE);
    assertThatThrownBy(
            () ->
                KafkaChecks.of(vigil(), EventTopics.named("gates"), new Delivery.AtLeastOnce())
                    .createTopics(4, 1)
                    .run())
        .isInstanceOf(KafkaCheckException.class)
        .hasMessageContaining(
            "topic 'gates' does not exist and cannot be created with 4 partitions and 1 replica (")
        .hasMessageContaining("uthorization");
  }

  @Test
  void tellsThatThePasswordIsWrongWithoutPrintingIt() {
    var connection = broker.as("vigil", "wrong-secret");
    assertThatThrownBy(() -> KafkaChecks.of(connection, TOPICS, EXACTLY_ONCE).run())
        .isInstanceOf(KafkaCheckException.class)
        .hasMessageStartingWith(
            "Kafka: authentication at %s failed (", connection.bootstrapServers())
        .hasMessageEndingWith("; correct sasl.mechanism, sasl.jaas.config or the ssl.* properties")
        .hasMessageNotContaining("wrong-secret");
    assertThat(connection.toString())
        .contains("sasl.jaas.config=[hidden]")
        .doesNotContain("wrong-secret");
  }

  @Test
  void tellsThatTheListenerMayWantSasl() {
    var connection = broker.withoutPassword();
    assertThatThrownBy(
            () ->
                KafkaChecks.of(connection, TOPICS, EXACTLY_ONCE)
                    .within(Duration.ofSeconds(3))
                    .run())
        .isInstanceOf(KafkaCheckException.class)
        .hasMessageContaining("a broker is there but did not reply in time")
        .hasMessageContaining("security.protocol = PLAINTEXT")
        .hasMessageContaining("it may want SASL");
  }

  private static KafkaConnection vigil() {
    return broker.as("vigil", SecuredBroker.PASSWORD);
  }
}
