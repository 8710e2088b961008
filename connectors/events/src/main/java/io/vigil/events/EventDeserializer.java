package io.vigil.events;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * For consumers:
 *
 * <pre>
 * value.deserializer = io.vigil.events.EventDeserializer
 * isolation.level = read_committed
 * </pre>
 *
 * <p>Without {@code read_committed} an exactly-once topic shows events that a failure has taken
 * back.
 */
public final class EventDeserializer implements Deserializer<Event> {

  /**
   * @throws SerializationException if the record is no event; names the topic and what is wrong
   */
  @Override
  public Event deserialize(String topic, byte[] json) {
    if (json == null) {
      throw new SerializationException(
          "Topic " + topic + ": a record without a value (a tombstone) is no event");
    }
    try {
      return EventJson.read(json);
    } catch (MalformedEventException e) {
      throw new SerializationException("Topic " + topic + ": " + e.getMessage(), e);
    }
  }
}
