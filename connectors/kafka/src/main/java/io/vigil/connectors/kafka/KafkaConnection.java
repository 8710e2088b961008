package io.vigil.connectors.kafka;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How to reach Kafka. It prints without its secrets.
 *
 * @param bootstrapServers host:port, more with commas between
 * @param clientProperties passed through to every client: {@code security.protocol}, {@code
 *     sasl.jaas.config}, {@code ssl.truststore.location} and so on
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> clientProperties) {

  private static final String HIDDEN = "[hidden]";
  private static final Pattern SECRET =
      Pattern.compile("password|secret|jaas|token|credential|keystore\\.key|private");

  public KafkaConnection {
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Without authentication or encryption. */
  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  /** Properties of a client: the connection's, and above them the client's own. */
  public Properties properties(Map<String, ?> own) {
    var properties = new Properties();
    properties.putAll(clientProperties);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.putAll(own);
    return properties;
  }

  /** As Kafka understands it: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. */
  public String securityProtocol() {
    return clientProperties
        .getOrDefault("security.protocol", "PLAINTEXT")
        .trim()
        .toUpperCase(Locale.ROOT);
  }

  public boolean encrypted() {
    return securityProtocol().endsWith("SSL");
  }

  /** A text of Kafka's or of the broker's, with any secret of this connection replaced. */
  public String withoutSecrets(String text) {
    var secrets =
        clientProperties.entrySet().stream()
            .filter(property -> isSecret(property.getKey()) && !property.getValue().isBlank())
            .map(Map.Entry::getValue)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    var safe = text;
    for (var secret : secrets) {
      safe = safe.replace(secret, HIDDEN);
    }
    return safe;
  }

  private static boolean isSecret(String key) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  @Override
  public String toString() {
    return new TreeMap<>(clientProperties)
        .entrySet().stream()
            .map(p -> p.getKey() + "=" + (isSecret(p.getKey()) ? HIDDEN : p.getValue()))
            .collect(Collectors.joining(", ", bootstrapServers + " {", "}"));
  }
}
