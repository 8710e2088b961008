package io.vigil.events;

import org.apache.kafka.common.serialization.Serializer;

/** For producers: {@code value.serializer = io.vigil.events.EventSerializer}. */
public final class EventSerializer implements Serializer<Event> {

  @Override
  public byte[] serialize(String topic, Event event) {
    return event == null ? null : EventJson.write(event);
  }
}
