package io.vigil.connectors.kafka.check;

import io.vigil.connectors.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Whether a topic is there whose latest value of each key is kept for ever. */
public final class CompactedTopicCheck {

  private static final String CLEANUP = "cleanup.policy";

  private CompactedTopicCheck() {}

  /**
   * Asks Kafka.
   *
   * @throws KafkaCheckException if it is not there, may not be read, or forgets
   */
  public static void run(KafkaConnection connection, String topic, Duration limit) {
    var deadline = new Deadline(limit);
    var unreachable = Reachability.problem(connection, deadline.atMost(Duration.ofSeconds(3)));
    if (unreachable.isPresent()) {
      throw refused(connection, unreachable.get());
    }
    var own =
        Map.of(
            "client.id", "vigil-checks",
            "default.api.timeout.ms", Long.toString(limit.toMillis()),
            "request.timeout.ms", Long.toString(Math.max(1, limit.toMillis() / 2)));
    try (var admin = Admin.create(connection.properties(own))) {
      check(new Cluster(connection, admin, deadline), connection, topic);
    } catch (KafkaException e) {
      throw refused(connection, "the client's properties are refused (" + Answer.reason(e) + ")");
    }
  }

  private static void check(Cluster cluster, KafkaConnection connection, String topic) {
    var answer = cluster.topic(topic);
    if (answer.isRefusedBy(UnknownTopicOrPartitionException.class)) {
      throw refused(
          connection,
          "topic '%s' of cameras does not exist; create it with cleanup.policy=compact"
              .formatted(topic));
    }
    if (answer.isRefusedBy(TopicAuthorizationException.class)) {
      throw refused(
          connection,
          "topic '%s' of cameras may not be read by this user; allow Describe and Read on it"
              .formatted(topic));
    }
    if (answer.isRefused()) {
      throw refused(connection, cluster.refusal(answer));
    }
    var policy = cluster.topicText(topic, CLEANUP).orElse("compact");
    if (!List.of(policy.split(",")).contains("compact") || policy.contains("delete")) {
      throw refused(
          connection,
          "topic '%s' of cameras has cleanup.policy = %s, so that it forgets cameras after a time; set cleanup.policy=compact"
              .formatted(topic, policy));
    }
  }

  private static KafkaCheckException refused(KafkaConnection connection, String problem) {
    return new KafkaCheckException(List.of(connection.withoutSecrets(problem)));
  }
}
