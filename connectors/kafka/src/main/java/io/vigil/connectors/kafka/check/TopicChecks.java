package io.vigil.connectors.kafka.check;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.connectors.kafka.check.KafkaChecks.NewTopics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Whether a topic is there and can be written to. */
final class TopicChecks {

  private static final String CLEANUP = "cleanup.policy";

  private final Cluster cluster;
  private final Delivery delivery;
  private final Optional<NewTopics> creation;
  private final List<String> created = new ArrayList<>();

  TopicChecks(Cluster cluster, Delivery delivery, Optional<NewTopics> creation) {
    this.cluster = cluster;
    this.delivery = delivery;
    this.creation = creation;
  }

  List<String> created() {
    return List.copyOf(created);
  }

  /**
   * @param settings of the topic, if it has to be made
   */
  List<String> problems(String topic, Map<String, String> settings) {
    var answer = cluster.topic(topic);
    if (!answer.isRefused()) {
      return problemsOf(answer.value());
    }
    return answer.isRefusedBy(UnknownTopicOrPartitionException.class)
        ? missing(topic, settings)
        : unknown(topic, answer);
  }

  /**
   * Of a topic that is read.
   *
   * @param readers that share its partitions; 0 if that is not known
   */
  List<String> readingProblems(String topic, int readers) {
    var answer = cluster.topic(topic);
    if (!answer.isRefused()) {
      return Stream.of(
              forbidden(answer.value(), EnumSet.of(AclOperation.READ)),
              policyProblem(topic),
              idleReaders(answer.value(), readers))
          .flatMap(Optional::stream)
          .toList();
    }
    return answer.isRefusedBy(UnknownTopicOrPartitionException.class)
        ? List.of(
            "topic '%s' does not exist, and it is to be read; correct its name, or create it"
                .formatted(topic))
        : unknown(topic, answer);
  }

  private static List<String> unknown(String topic, Answer<?> answer) {
    if (answer.isRefusedBy(TopicAuthorizationException.class)) {
      return List.of(
          "topic '%s' may not be described by this user; allow the operations Describe and Write on it"
              .formatted(topic));
    }
    return List.of(
        "topic '%s' cannot be described (%s)".formatted(topic, Answer.reason(answer.failure())));
  }

  private List<String> missing(String topic, Map<String, String> configs) {
    if (creation.isEmpty()) {
      return List.of(
          "topic '%s' does not exist; create it, or allow Vigil to create topics".formatted(topic));
    }
    var settings = creation.get();
    var answer =
        cluster.create(
            new NewTopic(topic, settings.partitions(), settings.replicationFactor())
                .configs(configs));
    if (answer.isRefused() && !answer.isRefusedBy(TopicExistsException.class)) {
      return List.of(
          "topic '%s' does not exist and cannot be created with %d partition%s and %d replica%s (%s); create it, or correct these settings"
              .formatted(
                  topic,
                  settings.partitions(),
                  plural(settings.partitions()),
                  settings.replicationFactor(),
                  plural(settings.replicationFactor()),
                  Answer.reason(answer.failure())));
    }
    created.add(topic);
    return replicaProblem(topic, settings.replicationFactor()).stream().toList();
  }

  private List<String> problemsOf(TopicDescription topic) {
    var problems = new ArrayList<String>();
    forbidden(topic, needed()).ifPresent(problems::add);
    int replicas =
        topic.partitions().stream()
            .mapToInt(partition -> partition.replicas().size())
            .min()
            .orElse(0);
    replicaProblem(topic.name(), replicas).ifPresent(problems::add);
    tooFewPartitions(topic).ifPresent(problems::add);
    policyProblem(topic.name()).ifPresent(problems::add);
    return problems;
  }

  private Optional<String> tooFewPartitions(TopicDescription topic) {
    int there = topic.partitions().size();
    int wanted = creation.map(NewTopics::partitions).orElse(there);
    return there >= wanted
        ? Optional.empty()
        : Optional.of(
            "topic '%s' has %d partition%s, and partitions = %d is asked for; ask for %d, or name a new topic: partitions that are added to one in use move its streams, and their order is lost"
                .formatted(topic.name(), there, plural(there), wanted, there));
  }

  private static Optional<String> idleReaders(TopicDescription topic, int readers) {
    int there = topic.partitions().size();
    return readers <= there
        ? Optional.empty()
        : Optional.of(
            "topic '%s' has %d partition%s, fewer than the %d subtasks that are to read it (parallelism), and one partition has one reader; lower the parallelism to %d, or give the topic more partitions"
                .formatted(topic.name(), there, plural(there), readers, there));
  }

  /** Keys are streams, so compaction keeps a stream's last record and deletes all before it. */
  private Optional<String> policyProblem(String topic) {
    return cluster
        .topicText(topic, CLEANUP)
        .filter(policy -> policy.contains("compact"))
        .map(
            policy ->
                "topic '%s' has %s = %s, which keeps the last record of each stream only; set %s=delete"
                    .formatted(topic, CLEANUP, policy, CLEANUP));
  }

  private static Optional<String> forbidden(TopicDescription topic, Set<AclOperation> needed) {
    var allowed = topic.authorizedOperations();
    var missing = new ArrayList<>(needed);
    if (allowed != null) {
      missing.removeAll(allowed);
    }
    return allowed == null || missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "topic '%s': this user may not %s it; allow the operation%s %s on it"
                .formatted(
                    topic.name(),
                    names(missing, " or ").toLowerCase(Locale.ROOT),
                    plural(missing.size()),
                    names(missing, " and ")));
  }

  /** To find transactions that a dead job left open, the sink reads the topic's producers. */
  private Set<AclOperation> needed() {
    return delivery instanceof ExactlyOnce
        ? EnumSet.of(AclOperation.WRITE, AclOperation.READ)
        : EnumSet.of(AclOperation.WRITE);
  }

  private Optional<String> replicaProblem(String topic, int replicas) {
    var minimum = cluster.topicSetting(topic, "min.insync.replicas");
    return minimum.isPresent() && minimum.getAsLong() > replicas
        ? Optional.of(
            "topic '%s': min.insync.replicas = %d is more than its %d replica%s, so that no write ever succeeds; lower it or add replicas"
                .formatted(topic, minimum.getAsLong(), replicas, plural(replicas)))
        : Optional.empty();
  }

  private static String plural(int count) {
    return count == 1 ? "" : "s";
  }

  private static String names(List<AclOperation> operations, String between) {
    return String.join(
        between, operations.stream().map(o -> o == AclOperation.WRITE ? "Write" : "Read").toList());
  }
}
