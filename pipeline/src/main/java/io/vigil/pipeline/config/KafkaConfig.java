package io.vigil.pipeline.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where events go.
 *
 * @param bootstrapServers brokers; empty means one in this process
 * @param topic of the frames' events
 * @param streamsTopic of what happened to streams
 * @param failedTopic of frames that failed
 * @param partitions of a topic that is not there yet and is made
 * @param replicas of such a topic
 * @param delivery the guarantee
 * @param properties of the clients
 */
public record KafkaConfig(
    Optional<String> bootstrapServers,
    String topic,
    String streamsTopic,
    String failedTopic,
    int partitions,
    int replicas,
    Delivery delivery,
    ClientProperties properties) {

  private static final String SERVER = "[\\w.-]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}";

  /** Properties that Vigil sets, and what to use in their place. */
  private static final Map<String, String> OWN =
      Map.of(
          "bootstrap.servers", "give the brokers as bootstrap-servers",
          "key.serializer", "the key of an event is its stream id, as text",
          "value.serializer", "an event's format is the schema's",
          "key.deserializer", "the key of an event is its stream id, as text",
          "value.deserializer", "an event's format is the schema's",
          "isolation.level", "only committed events are read",
          "transactional.id", "the job names its transactions itself");

  /** How often an event is on the topic when the job failed and went on. */
  public enum Delivery {
    EXACTLY_ONCE,
    AT_LEAST_ONCE
  }

  /**
   * Reads what a command was told that runs no job.
   *
   * @param values by key, such as {@code topic}
   * @param options the option that each path was given with, such as {@code --topic} for {@code
   *     kafka.topic}; used in messages
   * @throws ConfigException with every problem in it
   */
  public static KafkaConfig fromOptions(
      Map<String, Object> values, Map<String, String> options, Map<String, String> environment) {
    var reading = new Reading(options, new References(environment));
    var config = read(new Section("kafka", values, reading), Delivery.AT_LEAST_ONCE);
    if (!reading.problems().isEmpty()) {
      throw new ConfigException("the command line", reading.problems());
    }
    return config;
  }

  /**
   * @param usual delivery where nothing is said
   */
  static KafkaConfig read(Section section, Delivery usual) {
    var servers = bootstrapServers(section);
    var topic = topic(section, "topic", "vigil-events");
    var config =
        new KafkaConfig(
            servers,
            topic,
            topic(section, "streams-topic", topic + "-streams"),
            topic(section, "failed-topic", topic + "-failed"),
            section.integer("partitions", 1, 1, 10_000, "of a topic that has to be made"),
            section.integer("replicas", 1, 1, 100, "of a topic that has to be made"),
            section.choice("delivery", usual, "the guarantee when the job fails and goes on"),
            properties(section));
    section.refuseUnknown();
    return config;
  }

  private static Optional<String> bootstrapServers(Section section) {
    var servers = section.texts("bootstrap-servers", "brokers to ask first");
    boolean wellFormed = servers.stream().allMatch(server -> server.matches(SERVER));
    if (!wellFormed) {
      section.refuse("bootstrap-servers", "must be host:port, several with commas between");
    }
    return servers.isEmpty() ? Optional.empty() : Optional.of(String.join(",", servers));
  }

  static String topic(Section section, String key, String otherwise) {
    var topic = section.text(key, otherwise, "name of a Kafka topic");
    if (!topic.matches("[\\w.-]{1,249}") || topic.equals(".") || topic.equals("..")) {
      section.refuse(key, "a topic has 1 to 249 letters, digits, dots, dashes and underscores");
      return otherwise;
    }
    return topic;
  }

  /** Of another purpose; empty if there is none. */
  static Optional<String> topic(Section section, String key) {
    return section.has(key) ? Optional.of(topic(section, key, "")) : section.text(key, "a topic");
  }

  private static ClientProperties properties(Section section) {
    var properties = new LinkedHashMap<String, String>();
    section
        .text("client-config", "a file of Kafka client properties")
        .ifPresent(file -> properties.putAll(fromFile(section, Path.of(file))));
    properties.putAll(section.properties("properties", "Kafka client properties"));
    OWN.forEach(
        (name, instead) -> {
          if (properties.remove(name) != null) {
            section.refuseUnseen(
                section.has("properties") ? "properties" : "client-config",
                name + " is set by Vigil: " + instead);
          }
        });
    return new ClientProperties(properties);
  }

  private static Map<String, String> fromFile(Section section, Path file) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      section.refuse("client-config", "cannot be read as a file of properties (key=value lines)");
    }
    var values = new LinkedHashMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(
            name ->
                values.put(name, section.resolved("client-config", properties.getProperty(name))));
    return values;
  }
}
