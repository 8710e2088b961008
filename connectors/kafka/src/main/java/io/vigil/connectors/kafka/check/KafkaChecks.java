package io.vigil.connectors.kafka.check;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Asks Kafka at start-up whether the job will be able to write, and tells everything that is wrong
 * at once, instead of a job that restarts forever at its first checkpoint.
 *
 * <pre>{@code
 * var facts = KafkaChecks.of(connection, topics, delivery).createTopics(4, 3).run();
 * }</pre>
 *
 * <p>It needs no more rights than the sink, and ends within its time limit whatever answers.
 */
public final class KafkaChecks {

  private static final String MOST_BYTES = "max.message.bytes";

  private final KafkaConnection connection;
  private final List<String> written;
  private final Delivery delivery;
  private final Map<String, Integer> large = new LinkedHashMap<>();
  private final Map<String, Integer> read = new LinkedHashMap<>();
  private Optional<NewTopics> creation = Optional.empty();
  private Duration checkpointInterval = Duration.ZERO;
  private Duration limit = Duration.ofSeconds(10);

  private KafkaChecks(KafkaConnection connection, List<String> written, Delivery delivery) {
    this.connection = connection;
    this.written = written;
    this.delivery = delivery;
  }

  public static KafkaChecks of(KafkaConnection connection, EventTopics topics, Delivery delivery) {
    return new KafkaChecks(connection, topics.all(), delivery);
  }

  /** Of who writes to no topic of events; see {@link #writingLarge} and {@link #reading}. */
  public static KafkaChecks of(KafkaConnection connection, Delivery delivery) {
    return new KafkaChecks(connection, List.of(), delivery);
  }

  /**
   * Looks at a topic of large records too.
   *
   * @param mostBytes that a record may have, if the topic has to be made
   */
  public KafkaChecks writingLarge(String topic, int mostBytes) {
    large.put(topic, mostBytes);
    return this;
  }

  /** Looks at a topic too that is read, and has to be there. */
  public KafkaChecks reading(String topic) {
    return reading(topic, 0);
  }

  /**
   * As the other.
   *
   * @param readers that share its partitions; 0 if that is not known
   */
  public KafkaChecks reading(String topic, int readers) {
    read.put(topic, readers);
    return this;
  }

  /** Creates the topics that are missing, instead of refusing to run without them. */
  public KafkaChecks createTopics(int partitions, int replicationFactor) {
    creation = Optional.of(new NewTopics(partitions, (short) replicationFactor));
    return this;
  }

  /** The job's, which a transaction has to outlast. */
  public KafkaChecks checkpointInterval(Duration interval) {
    checkpointInterval = interval;
    return this;
  }

  /** 10 seconds if not told. */
  public KafkaChecks within(Duration timeLimit) {
    limit = timeLimit;
    return this;
  }

  /**
   * What is known of Kafka now.
   *
   * @param clusterId Kafka's own name of the cluster
   * @param delivery as asked for, with the transaction timeout that this broker allows
   * @param created the topics that were not there before
   * @param mostBytes that a record may have, of topics of large records, where it may be asked
   */
  public record Facts(
      String clusterId, Delivery delivery, List<String> created, Map<String, Long> mostBytes) {}

  /** How missing topics are made. */
  record NewTopics(int partitions, short replicationFactor) {}

  /**
   * Asks.
   *
   * @throws KafkaCheckException with every problem found
   */
  public Facts run() {
    var deadline = new Deadline(limit);
    reach(deadline);
    try (var admin = admin()) {
      return ask(new Cluster(connection, admin, deadline));
    } catch (KafkaException e) {
      throw problems(List.of(refusedProperties(e)));
    }
  }

  private void reach(Deadline deadline) {
    Reachability.problem(connection, deadline.atMost(Duration.ofSeconds(3)))
        .ifPresent(
            problem -> {
              throw problems(List.of(problem));
            });
  }

  private Facts ask(Cluster cluster) {
    var id = cluster.id();
    if (id.isRefused()) {
      throw problems(List.of(cluster.refusal(id)));
    }
    var topicChecks = new TopicChecks(cluster, delivery, creation);
    var problems = new ArrayList<>(broken());
    written.forEach(topic -> problems.addAll(topicChecks.problems(topic, Map.of())));
    large.forEach(
        (topic, bytes) -> problems.addAll(topicChecks.problems(topic, largeRecords(bytes))));
    read.forEach((topic, readers) -> problems.addAll(topicChecks.readingProblems(topic, readers)));
    var resolved = resolved(cluster, problems);
    if (!problems.isEmpty()) {
      throw problems(problems);
    }
    return new Facts(id.value(), resolved, topicChecks.created(), mostBytes(cluster));
  }

  private static Map<String, String> largeRecords(int bytes) {
    return Map.of(MOST_BYTES, Integer.toString(bytes));
  }

  private Map<String, Long> mostBytes(Cluster cluster) {
    var most = new LinkedHashMap<String, Long>();
    large
        .keySet()
        .forEach(
            topic ->
                cluster.topicSetting(topic, MOST_BYTES).ifPresent(bytes -> most.put(topic, bytes)));
    return most;
  }

  private List<String> broken() {
    return EventSink.GUARANTEES.entrySet().stream()
        .filter(rule -> !given(rule.getKey(), rule.getValue()).equalsIgnoreCase(rule.getValue()))
        .map(
            rule ->
                "%s = %s: delivery and order rest on %s; leave it out"
                    .formatted(rule.getKey(), given(rule.getKey(), ""), rule.getValue()))
        .sorted()
        .toList();
  }

  private String given(String key, String otherwise) {
    return connection.clientProperties().getOrDefault(key, otherwise).trim();
  }

  private Delivery resolved(Cluster cluster, List<String> problems) {
    return delivery instanceof ExactlyOnce exactly
        ? new TransactionCheck(cluster, checkpointInterval).resolve(exactly, problems)
        : delivery;
  }

  private Admin admin() {
    return Admin.create(
        connection.properties(
            Map.of(
                "client.id", "vigil-checks",
                "default.api.timeout.ms", Long.toString(limit.toMillis()),
                "request.timeout.ms", Long.toString(Math.max(1, limit.toMillis() / 2)))));
  }

  private static String refusedProperties(KafkaException e) {
    return "the client's properties are refused (%s); correct them".formatted(Answer.reason(e));
  }

  private KafkaCheckException problems(List<String> problems) {
    return new KafkaCheckException(problems.stream().map(connection::withoutSecrets).toList());
  }
}
