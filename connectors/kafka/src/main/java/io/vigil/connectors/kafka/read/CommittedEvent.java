package io.vigil.connectors.kafka.read;

import io.vigil.events.Event;

/**
 * An event as it stands on a topic.
 *
 * @param timestamp when it was written, in milliseconds since 1970
 * @param value the record's bytes, from which the event was read
 */
public record CommittedEvent(
    String topic, int partition, long offset, long timestamp, byte[] value, Event event) {}
