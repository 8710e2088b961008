package io.vigil.connectors.frames.enumerator;

import io.vigil.connectors.frames.source.StartAt;
import io.vigil.connectors.frames.split.FramesSplit;
import io.vigil.connectors.kafka.KafkaConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the topic's partitions, those too that are added later, and spreads them over readers. */
public final class FramesEnumerator implements SplitEnumerator<FramesSplit, FramesEnumeratorState> {

  private static final Logger LOG = LoggerFactory.getLogger(FramesEnumerator.class);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(30);

  private final SplitEnumeratorContext<FramesSplit> context;
  private final KafkaConnection connection;
  private final String topic;
  private final StartAt startAt;
  private final Set<Integer> assigned;
  private final Map<Integer, FramesSplit> unassigned = new TreeMap<>();
  private final boolean restored;
  private final boolean bounded;
  private final Set<Integer> idle = new HashSet<>();
  private final Set<Integer> ended = new HashSet<>();
  private TopicPartitions partitions;
  private boolean found;

  public FramesEnumerator(
      SplitEnumeratorContext<FramesSplit> context,
      KafkaConnection connection,
      String topic,
      StartAt startAt,
      boolean bounded,
      FramesEnumeratorState state) {
    this.context = context;
    this.connection = connection;
    this.topic = topic;
    this.startAt = startAt;
    this.bounded = bounded;
    this.assigned = new HashSet<>(state.assigned());
    this.restored = !state.isNew();
    state.unassigned().forEach(split -> unassigned.put(split.partition(), split));
  }

  @Override
  public void start() {
    partitions = new TopicPartitions(connection, topic);
    context.callAsync(this::unknown, this::take, 0, LOOK_INTERVAL.toMillis());
  }

  /** In a thread of its own. What is added while the job runs is read from its first record. */
  private List<FramesSplit> unknown() throws Exception {
    Set<Integer> known;
    synchronized (this) {
      known = new HashSet<>(assigned);
      known.addAll(unassigned.keySet());
    }
    if (bounded && (restored || found)) {
      return List.of();
    }
    return partitions.unknown(known, restored || found ? StartAt.EARLIEST : startAt, bounded);
  }

  private void take(List<FramesSplit> splits, Throwable failure) {
    if (failure != null) {
      // The first time nothing is read yet; later ones look again.
      LOG.warn("The partitions of topic {} cannot be asked for; it is tried again", topic, failure);
      return;
    }
    synchronized (this) {
      found = true;
      splits.forEach(split -> unassigned.put(split.partition(), split));
    }
    assign();
  }

  private synchronized void assign() {
    var now =
        unassigned.values().stream()
            .filter(split -> context.registeredReaders().containsKey(owner(split)))
            .toList();
    for (var split : now) {
      unassigned.remove(split.partition());
      assigned.add(split.partition());
      idle.remove(owner(split));
      context.assignSplit(split, owner(split));
    }
    endIfAllIsRead();
  }

  private int owner(FramesSplit split) {
    return Math.floorMod(
        split.topic().hashCode() + split.partition(), context.currentParallelism());
  }

  /**
   * Readers end together: Flink takes no checkpoint while some tasks of an operator with union
   * state have ended and others have not.
   */
  private void endIfAllIsRead() {
    boolean known = restored || found;
    if (bounded && known && unassigned.isEmpty() && idle.size() == context.currentParallelism()) {
      idle.stream().filter(ended::add).forEach(context::signalNoMoreSplits);
    }
  }

  @Override
  public void addReader(int subtask) {
    // New, or back from a failure
    synchronized (this) {
      idle.remove(subtask);
      ended.remove(subtask);
    }
    assign();
  }

  @Override
  public void addSplitsBack(List<FramesSplit> splits, int subtask) {
    synchronized (this) {
      for (var split : splits) {
        assigned.remove(split.partition());
        unassigned.put(split.partition(), split);
      }
    }
    assign();
  }

  @Override
  public synchronized void handleSplitRequest(int subtask, String host) {
    // It has read all that it has; what there is it is given without asking.
    if (context.registeredReaders().containsKey(subtask)) {
      idle.add(subtask);
      endIfAllIsRead();
    }
  }

  @Override
  public synchronized FramesEnumeratorState snapshotState(long checkpointId) {
    return new FramesEnumeratorState(assigned, List.copyOf(unassigned.values()));
  }

  @Override
  public void close() {
    if (partitions != null) {
      partitions.close();
    }
  }
}
