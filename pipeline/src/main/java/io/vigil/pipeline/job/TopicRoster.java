package io.vigil.pipeline.job;

import io.vigil.connectors.camera.roster.CameraRoster;
import io.vigil.connectors.camera.roster.DefinitionReader;
import io.vigil.connectors.camera.roster.Listing;
import io.vigil.connectors.camera.roster.Listing.Refusal;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.read.CompactedTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/** Cameras on a topic of Kafka: keys are their ids, values their definitions. */
final class TopicRoster implements CameraRoster {

  private static final long serialVersionUID = 1L;
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final String bootstrapServers;
  private final HashMap<String, String> clientProperties;
  private final String topic;
  private final DefinitionReader reader;

  TopicRoster(KafkaConnection connection, String topic, DefinitionReader reader) {
    this.bootstrapServers = connection.bootstrapServers();
    this.clientProperties = new HashMap<>(connection.clientProperties());
    this.topic = topic;
    this.reader = reader;
  }

  @Override
  public String name() {
    return topic;
  }

  @Override
  public Optional<Duration> interval() {
    return Optional.of(INTERVAL);
  }

  @Override
  public Look open() {
    var connection = new KafkaConnection(bootstrapServers, clientProperties);
    var values = CompactedTopic.open(connection, topic);
    return new Look() {
      @Override
      public Optional<Listing> look() throws IOException {
        try {
          return values.poll().map(TopicRoster.this::listing);
        } catch (KafkaException e) {
          throw new IOException(
              connection.withoutSecrets(
                  "topic '%s' of cameras cannot be read (%s); the cameras stay as they are"
                      .formatted(topic, e.getMessage())),
              e);
        }
      }

      @Override
      public void close() {
        values.close();
      }
    };
  }

  private Listing listing(Map<String, String> values) {
    var cameras = new LinkedHashMap<String, CameraDefinition>();
    var refused = new ArrayList<Refusal>();
    new TreeMap<>(values)
        .forEach(
            (id, text) -> {
              if (id.isEmpty()) {
                refused.add(
                    new Refusal(topic, "a record's key is empty, and it is to be the camera's id"));
                return;
              }
              var one = reader.one(id, text);
              cameras.putAll(one.cameras());
              refused.addAll(one.refused());
            });
    return new Listing(cameras, refused);
  }
}
