package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConfigTest {
  private static final String LEAST = "version: 1\nsource:\n  files: [a.mp4]\n";

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").kafka())
        .isEqualTo(
            new KafkaConfig(
                Optional.empty(),
                "vigil-events",
                "vigil-events-streams",
                "vigil-events-failed",
                1,
                1,
                KafkaConfig.Delivery.EXACTLY_ONCE,
                new ClientProperties(Map.of())));
  }

  @Test
  void everyKey(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("client.properties"), "a=${env:A}\nb=from file\n");
    var yaml =
        LEAST
            + """
            kafka:
              bootstrap-servers: [one:9092, "[::1]:9093"]
              topic: street
              streams-topic: street.streams
              failed-topic: street.failed
              partitions: 6
              replicas: 3
              delivery: at-least-once
              client-config: %s
              properties: {b: here, sasl.jaas.config: "${env:JAAS}"}
            """
                .formatted(file);
    assertThat(Yaml.read(yaml, Map.of("JAAS", "hunter2", "A", "1")).kafka())
        .isEqualTo(
            new KafkaConfig(
                Optional.of("one:9092,[::1]:9093"),
                "street",
                "street.streams",
                "street.failed",
                6,
                3,
                KafkaConfig.Delivery.AT_LEAST_ONCE,
                new ClientProperties(
                    Map.of("a", "1", "b", "here", "sasl.jaas.config", "hunter2"))));
  }

  @Test
  void refuses() {
    assertThat(
            Yaml.problemsWithAdded(
                """
                kafka:
                  bootstrap-servers: nowhere
                  topic: "two words"
                  partitions: 0
                  replicas: many
                  delivery: twice
                  client-config: no-such.properties
                  properties: {isolation.level: read_uncommitted, sasl: {password: x}}
                """))
        .containsExactly(
            "kafka.bootstrap-servers: nowhere: must be host:port, several with commas between",
            "kafka.topic: two words: a topic has 1 to 249 letters, digits, dots, dashes and"
                + " underscores",
            "kafka.partitions: 0: must be a whole number from 1 to 10000"
                + " (of a topic that has to be made)",
            "kafka.replicas: many: must be a whole number from 1 to 100"
                + " (of a topic that has to be made)",
            "kafka.delivery: twice: must be one of exactly-once, at-least-once"
                + " (the guarantee when the job fails and goes on).",
            "kafka.client-config: no-such.properties: cannot be read as a file of properties"
                + " (key=value lines)",
            "kafka.properties: sasl must be one value; write dotted names in one piece",
            "kafka.properties: isolation.level is set by Vigil: only committed events are read");
  }

  @Test
  void tellsNoSecret() {
    var yaml = LEAST + "kafka: {topic: 'a b', properties: {sasl.password: '${env:P}', x: y}}";
    assertThat(problem(yaml, Map.of("P", "hunter2"))).doesNotContain("hunter2");
    var config = Yaml.read(yaml.replace("a b", "a"), Map.of("P", "hunter2"));
    assertThat(config.toString()).contains("sasl.password").doesNotContain("hunter2");
  }

  @Test
  void namesWhatAReferenceLacks() {
    var yaml = LEAST + "kafka: {properties: {sasl.password: '${env:P}', x: '${vault:y}'}}";
    assertThat(problem(yaml, Map.of()))
        .contains("kafka.properties: the environment variable P is not set; export it before")
        .contains("kafka.properties: ${vault…} is no reference; there are ${env:NAME} and");
  }

  private static String problem(String yaml, Map<String, String> environment) {
    try {
      throw new AssertionError("accepted: " + Yaml.read(yaml, environment));
    } catch (ConfigException e) {
      return e.getMessage();
    }
  }
}
