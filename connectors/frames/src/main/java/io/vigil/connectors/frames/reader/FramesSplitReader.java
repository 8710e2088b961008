package io.vigil.connectors.frames.reader;

import io.vigil.connectors.frames.picture.Pictures;
import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.video.metrics.VideoSourceMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Polls the partitions it is given and makes frames of their records, in the fetcher's thread. */
final class FramesSplitReader implements SplitReader<FrameElement, FramesSplit> {

  /** It is woken when there is something else to do. */
  private static final Duration POLL = Duration.ofSeconds(10);

  /** A few frames spare most of the hand-over between threads; more would only fill memory. */
  private static final int FRAMES_PER_FETCH = 4;

  private final Consumer<byte[], byte[]> consumer;
  private final FramesSettings settings;
  private final VideoSourceMetrics metrics;
  private final Pictures pictures;
  private final Map<TopicPartition, PartitionReader> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Deque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();

  FramesSplitReader(
      Consumer<byte[], byte[]> consumer, FramesSettings settings, VideoSourceMetrics metrics) {
    this.consumer = consumer;
    this.settings = settings;
    this.metrics = metrics;
    this.pictures = new Pictures(settings.letterbox(), settings.limits());
  }

  @Override
  public RecordsWithSplitIds<FrameElement> fetch() {
    var over = finished();
    if (over.isPresent()) {
      return finish(over.get());
    }
    if (polled.isEmpty()) {
      poll();
      return ElementBatch.EMPTY;
    }
    var partition = partitionOf(polled.getFirst());
    var elements = new ArrayList<FrameElement>();
    var reader = partitions.get(partition);
    long end = ends.getOrDefault(partition, FramesSplit.NO_END);
    while (elements.size() < FRAMES_PER_FETCH
        && reader.nextOffset() < end
        && !polled.isEmpty()
        && partitionOf(polled.getFirst()).equals(partition)) {
      elements.addAll(reader.take(polled.removeFirst()));
      if (reader.seeks()) {
        seek(partition);
      }
    }
    return new ElementBatch(splitId(partition), elements);
  }

  /** A partition of which all is read; the consumer stands behind markers of transactions too. */
  private Optional<TopicPartition> finished() {
    return ends.entrySet().stream()
        .filter(end -> partitions.get(end.getKey()).nextOffset() >= end.getValue() || isBehind(end))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean isBehind(Map.Entry<TopicPartition, Long> end) {
    var partition = end.getKey();
    return polled.stream().noneMatch(record -> partitionOf(record).equals(partition))
        && awake(() -> consumer.position(partition)) >= end.getValue();
  }

  private ElementBatch finish(TopicPartition partition) {
    ends.remove(partition);
    polled.removeIf(record -> partitionOf(record).equals(partition));
    try (var reader = partitions.remove(partition)) {
      consumer.assign(partitions.keySet());
      return new ElementBatch(splitId(partition), reader.end(), true);
    }
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private static String splitId(TopicPartition partition) {
    return partition.topic() + "-" + partition.partition();
  }

  private void poll() {
    try {
      consumer.poll(POLL).forEach(polled::add);
    } catch (WakeupException e) {
      // The fetcher has something else to do.
    } catch (OffsetOutOfRangeException e) {
      e.offsetOutOfRangePartitions().keySet().forEach(this::seekWhereRecordsAre);
    }
  }

  /**
   * @throws IllegalStateException if the partition ends before the place where it was read
   */
  private void seekWhereRecordsAre(TopicPartition partition) {
    var reader = partitions.get(partition);
    var asked = List.of(partition);
    long begin = awake(() -> consumer.beginningOffsets(asked)).get(partition);
    long end = awake(() -> consumer.endOffsets(asked)).get(partition);
    if (reader.position() > end) {
      throw new IllegalStateException(
          "topic '%s', partition %d ends at offset %d, before %d, where it is to be read on: it was made anew; start without the checkpoint"
              .formatted(partition.topic(), partition.partition(), end, reader.position()));
    }
    reader.lost(begin);
    seek(partition);
  }

  /** Waking is meant for {@link #fetch}, which notices at its next poll. */
  private <T> T awake(Supplier<T> question) {
    try {
      return question.get();
    } catch (WakeupException e) {
      try {
        return question.get();
      } finally {
        consumer.wakeup();
      }
    }
  }

  private void seek(TopicPartition partition) {
    polled.removeIf(record -> partitionOf(record).equals(partition));
    consumer.seek(partition, partitions.get(partition).position());
  }

  @Override
  public void handleSplitsChanges(SplitsChange<FramesSplit> change) {
    for (var split : change.splits()) {
      var partition = new TopicPartition(split.topic(), split.partition());
      partitions.put(partition, new PartitionReader(split, settings, pictures, metrics));
      if (split.endOffset() != FramesSplit.NO_END) {
        ends.put(partition, split.endOffset());
      }
    }
    var all = new HashSet<>(consumer.assignment());
    all.addAll(partitions.keySet());
    consumer.assign(all);
    for (var split : change.splits()) {
      seek(new TopicPartition(split.topic(), split.partition()));
    }
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<FramesSplit> toPause, Collection<FramesSplit> toResume) {
    consumer.pause(toPause.stream().map(FramesSplitReader::partition).toList());
    consumer.resume(toResume.stream().map(FramesSplitReader::partition).toList());
  }

  private static TopicPartition partition(FramesSplit split) {
    return new TopicPartition(split.topic(), split.partition());
  }

  @Override
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    partitions.values().forEach(PartitionReader::close);
    pictures.close();
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
