package io.vigil.connectors.kafka.check;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A broker that wants a password, and allows its user {@code vigil} only what it was told. */
final class SecuredBroker implements AutoCloseable {

  static final String PASSWORD = "correct-horse";

  private final EmbeddedBroker broker;
  private final Admin admin;

  private SecuredBroker(EmbeddedBroker broker) {
    this.broker = broker;
    this.admin = Admin.create(as("admin", "admin-secret").properties(Map.of()));
  }

  static SecuredBroker at(Path folder) {
    var users = "user_admin=\"admin-secret\" user_vigil=\"" + PASSWORD + "\"";
    return new SecuredBroker(
        EmbeddedBroker.at(folder)
            .properties(
                Map.of(
                    "listener.security.protocol.map",
                    "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                    "sasl.enabled.mechanisms",
                    "PLAIN",
                    "sasl.mechanism.inter.broker.protocol",
                    "PLAIN",
                    "listener.name.broker.plain.sasl.jaas.config",
                    login("admin", "admin-secret", users),
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "super.users",
                    "User:admin;User:ANONYMOUS"))
            .start());
  }

  KafkaConnection as(String user, String password) {
    return new KafkaConnection(
        broker.bootstrapServers(),
        Map.of(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", login(user, password, "")));
  }

  KafkaConnection withoutPassword() {
    return KafkaConnection.to(broker.bootstrapServers());
  }

  Admin admin() {
    return admin;
  }

  void allow(ResourceType type, String prefix, AclOperation... operations) throws Exception {
    var resource = new ResourcePattern(type, prefix, PatternType.PREFIXED);
    Collection<AclBinding> bindings =
        Stream.of(operations)
            .map(
                operation ->
                    new AccessControlEntry("User:vigil", "*", operation, AclPermissionType.ALLOW))
            .map(entry -> new AclBinding(resource, entry))
            .toList();
    admin.createAcls(bindings).all().get();
  }

  void allowNothing() throws Exception {
    admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
  }

  private static String login(String user, String password, String more) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\" %s;"
        .formatted(user, password, more);
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
