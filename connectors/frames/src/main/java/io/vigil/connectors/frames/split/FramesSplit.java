package io.vigil.connectors.frames.split;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A partition of the topic, and how far it was read.
 *
 * @param nextOffset everything of the records before it was emitted
 * @param timestamp of the last record emitted, milliseconds; never decreases
 * @param streams of the partition whose session is open, by id
 */
public record FramesSplit(
    String topic,
    int partition,
    long nextOffset,
    long timestamp,
    SortedMap<String, StreamPosition> streams)
    implements SourceSplit {

  public FramesSplit {
    streams = Collections.unmodifiableSortedMap(new TreeMap<>(streams));
  }

  public static FramesSplit unread(String topic, int partition, long offset) {
    return new FramesSplit(topic, partition, offset, Long.MIN_VALUE, new TreeMap<>(Map.of()));
  }

  @Override
  public String splitId() {
    return topic + "-" + partition;
  }
}
