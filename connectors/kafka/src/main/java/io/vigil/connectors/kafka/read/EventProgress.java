package io.vigil.connectors.kafka.read;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.events.EventJson;
import io.vigil.events.FrameEvent;
import io.vigil.events.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a job is, from its events as they arrive, before they are committed. Polled by whoever
 * shows it:
 *
 * <pre>{@code
 * try (var progress = EventProgress.from(connection, topics.all(), before)) {
 *   while (!finished) {
 *     show(progress.poll(Duration.ofMillis(500)));
 *   }
 * }
 * }</pre>
 *
 * <p>A frame that a restarted job writes again is counted once. Memory is bounded by the number of
 * streams. Not for use by several threads.
 */
public final class EventProgress implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Position> lastFrame = new HashMap<>();
  private final Map<String, Counts> byStream = new HashMap<>();
  private final List<StreamEvent> streamEvents = new ArrayList<>();
  private final Set<String> over = new HashSet<>();
  private Counts total = Counts.NONE;

  private EventProgress(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Frames and what was found in them. */
  public record Counts(long frames, long detections) {

    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0);

    Counts plus(FrameEvent frame) {
      return new Counts(frames + 1, detections + frame.detections().size());
    }
  }

  private record Position(String session, long seq) {
    boolean isBefore(FrameEvent frame) {
      return !session.equals(frame.session()) || seq < frame.seq();
    }
  }

  /**
   * Follows topics of events.
   *
   * @param offsets where to begin, by topic and partition; at the beginning where there is none
   */
  public static EventProgress from(
      KafkaConnection connection, List<String> topics, Map<String, Map<Integer, Long>> offsets) {
    var consumer = CommittedEvents.consumer(connection, "read_uncommitted");
    var partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    partitions.forEach(
        part ->
            Optional.ofNullable(offsets.getOrDefault(part.topic(), Map.of()).get(part.partition()))
                .ifPresent(offset -> consumer.seek(part, offset)));
    return new EventProgress(consumer);
  }

  /** Waits at most that long for something new, takes in what is there, and tells the sum. */
  public Counts poll(Duration wait) {
    streamEvents.clear();
    for (var record : consumer.poll(wait)) {
      var event = EventJson.read(record.value());
      if (event instanceof FrameEvent frame) {
        count(frame);
      } else if (event instanceof StreamEvent stream) {
        note(stream);
      }
    }
    return total;
  }

  /** The sum of all streams, as of the last poll. */
  public Counts total() {
    return total;
  }

  /** The sum of one stream, as of the last poll. */
  public Counts of(String streamId) {
    return byStream.getOrDefault(streamId, Counts.NONE);
  }

  /** Whether the stream has ended or failed, as of the last poll. */
  public boolean isOver(String streamId) {
    return over.contains(streamId);
  }

  /** What happened to streams in the last poll, in its order. */
  public List<StreamEvent> streamEvents() {
    return List.copyOf(streamEvents);
  }

  private void note(StreamEvent stream) {
    streamEvents.add(stream);
    switch (stream.kind()) {
      case CONNECTED, RECONNECTED -> over.remove(stream.streamId());
      case ENDED, FAILED -> over.add(stream.streamId());
      case STALLED, GAP, REFUSED -> {
        // It goes on.
      }
    }
  }

  private void count(FrameEvent frame) {
    var last = lastFrame.get(frame.streamId());
    if (last == null || last.isBefore(frame)) {
      lastFrame.put(frame.streamId(), new Position(frame.session(), frame.seq()));
      total = total.plus(frame);
      byStream.merge(frame.streamId(), Counts.NONE.plus(frame), (sum, one) -> sum.plus(frame));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
