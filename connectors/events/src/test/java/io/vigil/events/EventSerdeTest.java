package io.vigil.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class EventSerdeTest {

  @Test
  void anEventGoesThroughATopic() {
    try (var serializer = new EventSerializer();
        var deserializer = new EventDeserializer()) {
      var event = Samples.frame(null, Samples.detection(0.5, 1, 2, 3, 4));
      var value = serializer.serialize("detections", event);
      assertThat(value).isEqualTo(EventJson.write(event));
      assertThat(deserializer.deserialize("detections", value)).isEqualTo(event);
    }
  }

  @Test
  void namesTheTopicOfATombstone() {
    assertRefused(null, "Topic detections: a record without a value (a tombstone) is no event");
  }

  @Test
  void namesTheTopicOfAnEmptyValue() {
    assertRefused(
        new byte[0], "Topic detections: Event: a JSON object was expected, but this is empty");
  }

  @Test
  void namesTheTopicOfAForeignRecord() {
    assertRefused(
        "{\"temperature\":21}".getBytes(StandardCharsets.UTF_8),
        "Topic detections: Event: schema must be an integer and is missing");
  }

  private static void assertRefused(byte[] value, String message) {
    try (var deserializer = new EventDeserializer()) {
      assertThatThrownBy(() -> deserializer.deserialize("detections", value))
          .isInstanceOf(SerializationException.class)
          .hasMessage(message);
    }
  }
}
