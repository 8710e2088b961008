package io.vigil.connectors.video.enumerator;

import io.vigil.connectors.video.split.VideoSplit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Hands out one file at a time to each reader that asks, until there are none. */
public final class VideoEnumerator implements SplitEnumerator<VideoSplit, VideoEnumeratorState> {

  private final SplitEnumeratorContext<VideoSplit> context;
  private final Deque<VideoSplit> unassigned;

  public VideoEnumerator(SplitEnumeratorContext<VideoSplit> context, VideoEnumeratorState state) {
    this.context = context;
    this.unassigned = new ArrayDeque<>(state.unassigned());
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
    if (!unassigned.isEmpty()) {
      context.assignSplit(unassigned.removeFirst(), subtask);
    }
    if (unassigned.isEmpty()) {
      context.signalNoMoreSplits(subtask);
    }
  }

  @Override
  public void addSplitsBack(List<VideoSplit> splits, int subtask) {
    splits.forEach(unassigned::addFirst);
  }

  @Override
  public void addReader(int subtask) {
    // It asks when it wants a file.
  }

  @Override
  public VideoEnumeratorState snapshotState(long checkpointId) {
    return new VideoEnumeratorState(List.copyOf(unassigned));
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
