package io.vigil.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.kafka.check.KafkaCheckException;
import io.vigil.connectors.kafka.check.KafkaChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rights of the chart's user are those that the job needs, on a broker that asks for them. */
@Timeout(60)
class KafkaUserTest {

  private static final EventTopics TOPICS = EventTopics.named("vigil-events");

  @Test
  void theUsersRightsAreEnoughForTheJobAndForNoOtherTopic(@TempDir Path folder) throws Exception {
    try (var broker = broker(folder);
        var admin = Admin.create(as(broker, "admin", "admin-secret").properties(Map.of()))) {
      KafkaChecks.of(as(broker, "admin", "admin-secret"), TOPICS, new Delivery.AtLeastOnce())
          .createTopics(6, 1)
          .run();
      allow(admin, Chart.withTopics());
      var vigil = as(broker, "vigil", "vigil-secret");
      var exactlyOnce = new Delivery.ExactlyOnce("vigil");
      assertThat(KafkaChecks.of(vigil, TOPICS, exactlyOnce).createTopics(6, 1).run().created())
          .isEmpty();
      assertThatThrownBy(
              () -> KafkaChecks.of(vigil, EventTopics.named("others"), exactlyOnce).run())
          .isInstanceOf(KafkaCheckException.class)
          .hasMessageContaining("topic 'others' may not be described by this user");
    }
  }

  /** A job of frames reads a topic that is not its own, and writes dead letters. */
  @Test
  void theUserOfAJobOfFramesMayReadThemAndRefuseThem(@TempDir Path folder) throws Exception {
    var values = "strimzi: {enabled: true}\njob: {cameras-from: null, frames: {topic: seen}}\n";
    var chart = Chart.rendered(Files.writeString(folder.resolve("values.yaml"), values));
    try (var broker = broker(folder.resolve("kafka"));
        var admin = Admin.create(as(broker, "admin", "admin-secret").properties(Map.of()))) {
      var topics = Stream.concat(Stream.of("seen", "seen-dead"), TOPICS.all().stream());
      admin.createTopics(topics.map(KafkaUserTest::topic).toList()).all().get();
      allow(admin, chart);
      var vigil = as(broker, "vigil", "vigil-secret");
      var facts =
          KafkaChecks.of(vigil, TOPICS, new Delivery.ExactlyOnce("vigil"))
              .reading("seen")
              .writingLarge("seen-dead", 1 << 20)
              .run();
      assertThat(facts.created()).isEmpty();
      assertThatThrownBy(
              () ->
                  KafkaChecks.of(vigil, new Delivery.AtLeastOnce())
                      .writingLarge("seen", 1 << 20)
                      .run())
          .hasMessageContaining("topic 'seen': this user may not write");
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, 6, (short) 1);
  }

  /** Returns when the broker knows the rights: it answers when the controller does. */
  private static void allow(Admin admin, Chart chart) throws Exception {
    var rights = rules(chart).stream().flatMap(KafkaUserTest::bindings).toList();
    admin.createAcls(rights).all().get();
    while (admin.describeAcls(AclBindingFilter.ANY).values().get().size() < rights.size()) {
      Thread.sleep(20);
    }
  }

  private static List<AclRule> rules(Chart chart) throws Exception {
    var user = (KafkaUser) Schemas.read(chart.only("KafkaUser"));
    return ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls();
  }

  private static Stream<AclBinding> bindings(AclRule rule) {
    var resource = resource(rule);
    return rule.getOperations().stream()
        .map(operation -> operation.toValue().replaceAll("(?<=[a-z])(?=[A-Z])", "_"))
        .map(AclOperation::fromString)
        .map(
            operation ->
                new AccessControlEntry("User:vigil", "*", operation, AclPermissionType.ALLOW))
        .map(entry -> new AclBinding(resource, entry));
  }

  private static ResourcePattern resource(AclRule rule) {
    if (rule.getResource() instanceof AclRuleTopicResource topic) {
      var pattern = pattern(topic.getPatternType().toValue());
      return new ResourcePattern(ResourceType.TOPIC, topic.getName(), pattern);
    }
    var id = (AclRuleTransactionalIdResource) rule.getResource();
    var pattern = pattern(id.getPatternType().toValue());
    return new ResourcePattern(ResourceType.TRANSACTIONAL_ID, id.getName(), pattern);
  }

  /** Strimzi's prefix is Kafka's prefixed. */
  private static PatternType pattern(String name) {
    return name.toLowerCase(Locale.ROOT).equals("prefix")
        ? PatternType.PREFIXED
        : PatternType.LITERAL;
  }

  private static EmbeddedBroker broker(Path folder) {
    return EmbeddedBroker.at(folder)
        .properties(
            Map.of(
                "listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.broker.plain.sasl.jaas.config",
                    login(
                        "admin",
                        "admin-secret",
                        "user_admin=\"admin-secret\" user_vigil=\"vigil-secret\""),
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:admin;User:ANONYMOUS"))
        .start();
  }

  private static KafkaConnection as(EmbeddedBroker broker, String user, String password) {
    return new KafkaConnection(
        broker.bootstrapServers(),
        Map.of(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", login(user, password, "")));
  }

  private static String login(String user, String password, String more) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\" %s;"
        .formatted(user, password, more);
  }
}
