package io.vigil.connectors.video.enumerator;

import io.vigil.connectors.video.split.VideoSplit;
import io.vigil.connectors.video.state.UnassignedSplits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Hands out one file at a time to each reader that asks. The readers end together, when none has a
 * file any more: Flink takes no checkpoint while some tasks of an operator with union state have
 * ended and others have not, and a short file would keep a long one from being committed.
 */
public final class VideoEnumerator
    implements SplitEnumerator<VideoSplit, UnassignedSplits<VideoSplit>> {

  private final SplitEnumeratorContext<VideoSplit> context;
  private final Deque<VideoSplit> unassigned;
  private final Set<Integer> idle = new HashSet<>();
  private final Set<Integer> ended = new HashSet<>();

  public VideoEnumerator(
      SplitEnumeratorContext<VideoSplit> context, UnassignedSplits<VideoSplit> state) {
    this.context = context;
    this.unassigned = new ArrayDeque<>(state.splits());
  }

  @Override
  public void start() {
    // Files are known from the start.
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // A reader that failed meanwhile asks again when it is back.
    if (!context.registeredReaders().containsKey(subtask)) {
      return;
    }
    if (unassigned.isEmpty()) {
      idle.add(subtask);
    } else {
      context.assignSplit(unassigned.removeFirst(), subtask);
    }
    if (unassigned.isEmpty()) {
      context.sendEventToSourceReader(subtask, new LastFileAssigned());
    }
    if (idle.size() == context.currentParallelism()) {
      idle.stream().filter(ended::add).forEach(context::signalNoMoreSplits);
    }
  }

  @Override
  public void addSplitsBack(List<VideoSplit> splits, int subtask) {
    splits.forEach(unassigned::addFirst);
  }

  @Override
  public void addReader(int subtask) {
    // New, or back from a failure: it asks when it wants a file.
    idle.remove(subtask);
    ended.remove(subtask);
  }

  @Override
  public UnassignedSplits<VideoSplit> snapshotState(long checkpointId) {
    return new UnassignedSplits<>(List.copyOf(unassigned));
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
