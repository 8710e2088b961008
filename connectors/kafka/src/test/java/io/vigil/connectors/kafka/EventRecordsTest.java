package io.vigil.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.events.Event;
import io.vigil.events.EventJson;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventRecordsTest {

  private final EventRecords records = new EventRecords(EventTopics.named("events"));

  @Test
  void sendsEachKindToItsTopic() {
    var topics =
        Stream.of(
                TestEvents.frame("door", 1),
                TestEvents.ended("door", 1),
                TestEvents.failed("door", 1))
            .map(event -> record(event).topic());
    assertThat(topics).containsExactly("events", "events-streams", "events-failed");
  }

  @Test
  void keysByStreamIdAndWritesTheEvent() {
    var frame = TestEvents.frame("Tür 7", 2);
    assertThat(record(frame).key()).isEqualTo("Tür 7".getBytes(UTF_8));
    assertThat(EventJson.read(record(frame).value())).isEqualTo(frame);
  }

  @Test
  void saysInHeadersHowToReadTheValue() {
    var headers = record(TestEvents.frame("door", 1)).headers();
    assertThat(headers.lastHeader("vigil-schema").value()).isEqualTo("1".getBytes(UTF_8));
    assertThat(headers.lastHeader("content-type").value())
        .isEqualTo("application/json".getBytes(UTF_8));
  }

  @Test
  void refusesTopicsThatKafkaWould() {
    assertThatThrownBy(() -> EventTopics.named("front door"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "topic = 'front door': a topic's name has 1 to 249 letters, digits, dots, underscores and hyphens");
  }

  @Test
  void refusesOneTopicForTwoKinds() {
    assertThatThrownBy(() -> new EventTopics("a", "a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "topics frames = a, streams = a, failed = b: each kind needs a topic of its own");
  }

  private ProducerRecord<byte[], byte[]> record(Event event) {
    return records.serialize(event, null, 42L);
  }
}
