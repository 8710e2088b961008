package io.vigil.pipeline.cli;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.pipeline.config.KafkaConfig;
import io.vigil.pipeline.job.EventOutput;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which Kafka a command talks to that runs no job. */
final class KafkaOptions {
  private static final String SERVERS = "--bootstrap-servers";
  private static final String TOPIC = "--topic";
  private static final String CLIENT_CONFIG = "--client-config";

  @Option(
      names = SERVERS,
      paramLabel = "HOST:PORT",
      required = true,
      description = "A Kafka broker, several with commas between.")
  private String servers;

  @Option(names = TOPIC, paramLabel = "NAME", required = true, description = "The topic.")
  private String topic;

  @Option(
      names = CLIENT_CONFIG,
      paramLabel = "FILE",
      description = "Properties of the Kafka clients, such as security.protocol.")
  private String clientConfig;

  /**
   * @throws io.vigil.pipeline.config.ConfigException with all that is wrong with them
   */
  KafkaConnection connection() {
    return EventOutput.connection(config());
  }

  String topic() {
    return config().topic();
  }

  private KafkaConfig config() {
    var values = new LinkedHashMap<String, Object>();
    values.put("bootstrap-servers", servers);
    values.put("topic", topic);
    if (clientConfig != null) {
      values.put("client-config", clientConfig);
    }
    var spelling =
        Map.of(
            "kafka.bootstrap-servers", SERVERS,
            "kafka.topic", TOPIC,
            "kafka.client-config", CLIENT_CONFIG);
    return KafkaConfig.fromOptions(values, spelling, System.getenv());
  }
}
