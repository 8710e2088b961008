package io.vigil.connectors.kafka.check;

import io.vigil.connectors.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Optional;

/** Whether a broker that speaks the configured protocol is at the configured address. */
final class Reachability {

  private Reachability() {}

  static Optional<String> problem(KafkaConnection connection, Duration timeout) {
    var servers = connection.bootstrapServers();
    return switch (BrokerProbe.probe(servers, timeout)) {
      case NO_HOST ->
          Optional.of(
              "bootstrap.servers = %s: no such host; name brokers as host:port, with commas between"
                  .formatted(servers));
      case NOBODY ->
          Optional.of(
              "bootstrap.servers = %s: no broker answers there; start it, or correct host and port"
                  .formatted(servers));
      case TLS -> encryptedOnly(connection);
      case KAFKA -> plainOnly(connection);
      case STRANGER -> stranger(connection);
    };
  }

  private static Optional<String> encryptedOnly(KafkaConnection connection) {
    return connection.encrypted()
        ? Optional.empty()
        : Optional.of(
            "security.protocol = %s: the listener at %s wants TLS; set security.protocol to SSL or SASL_SSL"
                .formatted(connection.securityProtocol(), connection.bootstrapServers()));
  }

  private static Optional<String> plainOnly(KafkaConnection connection) {
    return connection.encrypted()
        ? Optional.of(
            "security.protocol = %s: the listener at %s has no TLS; set security.protocol to PLAINTEXT or SASL_PLAINTEXT, or name its TLS port"
                .formatted(connection.securityProtocol(), connection.bootstrapServers()))
        : Optional.empty();
  }

  /** A TLS listener may close without a word at a plain request. */
  private static Optional<String> stranger(KafkaConnection connection) {
    return connection.encrypted()
        ? Optional.empty()
        : Optional.of(
            "bootstrap.servers = %s: what listens there does not answer as Kafka does with security.protocol = %s; correct the port, or the protocol if it wants TLS"
                .formatted(connection.bootstrapServers(), connection.securityProtocol()));
  }
}
