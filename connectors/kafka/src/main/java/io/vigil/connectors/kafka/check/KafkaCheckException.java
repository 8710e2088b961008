package io.vigil.connectors.kafka.check;

import java.util.List;

/** Everything about Kafka that would have stopped the job later, in one message. */
public final class KafkaCheckException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  KafkaCheckException(List<String> problems) {
    super(
        problems.size() == 1
            ? "Kafka: " + problems.get(0)
            : "Kafka: %d problems\n  - %s"
                .formatted(problems.size(), String.join("\n  - ", problems)));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each: key, value, rule, way out. */
  public List<String> problems() {
    return problems;
  }
}
