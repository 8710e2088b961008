package io.vigil.connectors.kafka.check;

import io.vigil.connectors.kafka.KafkaConnection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;

/** The questions that the checks ask of a cluster, each answered by a deadline. */
record Cluster(KafkaConnection connection, Admin admin, Deadline deadline) {

  Answer<String> id() {
    return Answer.to(admin.describeCluster().clusterId(), deadline);
  }

  /** Why the first question was refused, for people. */
  String refusal(Answer<?> answer) {
    if (answer.isRefusedBy(AuthenticationException.class)) {
      return "authentication at %s failed (%s); correct sasl.mechanism, sasl.jaas.config or the ssl.* properties"
          .formatted(connection.bootstrapServers(), Answer.reason(answer.failure()));
    }
    return "bootstrap.servers = %s: a broker is there but did not reply in time with security.protocol = %s (%s); it may want SASL, or advertise an address that is not reachable from here (advertised.listeners)"
        .formatted(
            connection.bootstrapServers(),
            connection.securityProtocol(),
            Answer.reason(answer.failure()));
  }

  Answer<TopicDescription> topic(String name) {
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    var result = admin.describeTopics(List.of(name), options);
    return Answer.to(result.topicNameValues().get(name), deadline);
  }

  Answer<Void> create(NewTopic topic) {
    return Answer.to(admin.createTopics(List.of(topic)).all(), deadline);
  }

  /** Empty where it may not be asked. */
  OptionalLong topicSetting(String topic, String key) {
    return setting(new ConfigResource(ConfigResource.Type.TOPIC, topic), key);
  }

  /** Of any one broker, as they are alike; empty where it may not be asked. */
  OptionalLong brokerSetting(String key) {
    var nodes = Answer.to(admin.describeCluster().nodes(), deadline);
    if (nodes.isRefused() || nodes.value().isEmpty()) {
      return OptionalLong.empty();
    }
    var id = nodes.value().iterator().next().idString();
    return setting(new ConfigResource(ConfigResource.Type.BROKER, id), key);
  }

  /** Empty where it may not be asked. */
  Optional<String> topicText(String topic, String key) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var answer =
        Answer.to(admin.describeConfigs(List.of(resource)).values().get(resource), deadline);
    return answer.isRefused()
        ? Optional.empty()
        : Optional.ofNullable(answer.value().get(key)).map(ConfigEntry::value);
  }

  private OptionalLong setting(ConfigResource resource, String key) {
    var answer =
        Answer.to(admin.describeConfigs(List.of(resource)).values().get(resource), deadline);
    return answer.isRefused() ? OptionalLong.empty() : value(answer.value(), key);
  }

  private static OptionalLong value(Config config, String key) {
    var entry = config.get(key);
    return entry == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(entry.value()));
  }
}
