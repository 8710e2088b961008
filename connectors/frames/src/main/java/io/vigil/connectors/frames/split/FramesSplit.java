package io.vigil.connectors.frames.split;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A partition of the topic, and how far it was read.
 *
 * @param endOffset reading ends before it; {@link #NO_END} if it does not
 * @param nextOffset everything of the records before it was emitted
 * @param timestamp of the last record emitted, milliseconds; never decreases
 * @param streams of the partition whose session is open, by id
 */
public record FramesSplit(
    String topic,
    int partition,
    long endOffset,
    long nextOffset,
    long timestamp,
    SortedMap<String, StreamPosition> streams)
    implements SourceSplit {

  /** Of a partition that is read for as long as the job runs. */
  public static final long NO_END = Long.MAX_VALUE;

  public FramesSplit {
    streams = Collections.unmodifiableSortedMap(new TreeMap<>(streams));
  }

  public static FramesSplit unread(String topic, int partition, long offset, long endOffset) {
    return new FramesSplit(
        topic, partition, endOffset, offset, Long.MIN_VALUE, new TreeMap<>(Map.of()));
  }

  @Override
  public String splitId() {
    return topic + "-" + partition;
  }
}
