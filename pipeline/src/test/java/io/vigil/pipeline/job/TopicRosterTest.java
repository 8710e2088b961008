package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.camera.roster.CameraRoster;
import io.vigil.connectors.camera.roster.Listing;
import io.vigil.connectors.camera.roster.Listing.Refusal;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.CompactedTopicCheck;
import io.vigil.connectors.kafka.check.KafkaCheckException;
import io.vigil.pipeline.config.CameraTexts;
import io.vigil.pipeline.testing.SharedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class TopicRosterTest {

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static KafkaConnection connection;

  @BeforeAll
  static void createTopics() throws Exception {
    connection = BROKER.connection();
    try (var admin = Admin.create(connection.properties(Map.of()))) {
      var compact = Map.of("cleanup.policy", "compact");
      var topics =
          List.of(
              new NewTopic("cameras", 3, (short) 1).configs(compact),
              new NewTopic("forgets", 1, (short) 1));
      admin.createTopics(topics).all().get();
    }
  }

  private static void write(String id, String definition) throws Exception {
    var text = new StringSerializer();
    try (var producer = new KafkaProducer<>(connection.properties(Map.of()), text, text)) {
      producer.send(new ProducerRecord<>("cameras", id, definition)).get();
    }
  }

  /** What comes later, of several partitions at any time, is in one of the next lists. */
  private static Listing next(CameraRoster.Look look) throws IOException {
    Optional<Listing> listing = look.look();
    while (listing.isEmpty()) {
      listing = look.look();
    }
    return listing.get();
  }

  @Test
  void camerasComeChangeAndGoByTheirKeys() throws Exception {
    var texts = new CameraTexts("cameras", List.of(), List.of("car"));
    write("gate", "{\"url\": \"rtsp://a\"}");
    write("door", "url: rtsp://b");
    write("door", "url: rtsp://c");
    write("gone", "url: rtsp://d");
    write("gone", null);
    try (var look = new TopicRoster(connection, "cameras", texts).open()) {
      // The first list is of all that was there.
      var first = next(look);
      assertThat(first.cameras()).containsOnlyKeys("gate", "door");
      assertThat(first.cameras().get("door").url()).isEqualTo("rtsp://c");
      assertThat(look.look()).isEmpty();

      write("gate", null);
      write("yard", "url: file:///etc/passwd");
      write("", "url: rtsp://e");
      var listing = next(look);
      while (listing.refused().size() < 2 || listing.cameras().size() > 1) {
        listing = next(look);
      }
      assertThat(listing.cameras()).containsOnlyKeys("door");
      assertThat(listing.refused())
          .contains(
              new Refusal("cameras", "a record's key is empty, and it is to be the camera's id"))
          .anySatisfy(
              refusal -> {
                assertThat(refusal.cameraId()).isEqualTo("yard");
                assertThat(refusal.reason()).startsWith("protocol file is refused");
              });
    }
  }

  private static void check(String topic) {
    CompactedTopicCheck.run(connection, topic, Duration.ofSeconds(20));
  }

  @Test
  void aTopicThatIsNotThereOrForgetsIsToldAtTheStart() {
    check("cameras");
    assertThatThrownBy(() -> check("none"))
        .isInstanceOf(KafkaCheckException.class)
        .hasMessage(
            "Kafka: topic 'none' of cameras does not exist; create it with cleanup.policy=compact");
    assertThatThrownBy(() -> check("forgets"))
        .hasMessage(
            "Kafka: topic 'forgets' of cameras has cleanup.policy = delete, so that it forgets"
                + " cameras after a time; set cleanup.policy=compact");
  }
}
