package io.vigil.connectors.camera.enumerator;

import io.vigil.connectors.camera.split.CameraSplit;
import io.vigil.connectors.video.state.UnassignedSplits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Deals the cameras out to the readers, one after the other, so that no two readers differ by more
 * than one. A camera that its reader has lost comes back to it.
 */
public final class CameraEnumerator
    implements SplitEnumerator<CameraSplit, UnassignedSplits<CameraSplit>> {

  private final SplitEnumeratorContext<CameraSplit> context;
  private final List<CameraSplit> undealt;
  private final Map<Integer, List<CameraSplit>> waiting = new HashMap<>();

  public CameraEnumerator(
      SplitEnumeratorContext<CameraSplit> context, UnassignedSplits<CameraSplit> state) {
    this.context = context;
    this.undealt = List.copyOf(state.splits());
  }

  @Override
  public void start() {
    for (int i = 0; i < undealt.size(); i++) {
      waitFor(i % context.currentParallelism()).add(undealt.get(i));
    }
  }

  private List<CameraSplit> waitFor(int subtask) {
    return waiting.computeIfAbsent(subtask, reader -> new ArrayList<>());
  }

  @Override
  public void addReader(int subtask) {
    var splits = waiting.remove(subtask);
    if (splits != null) {
      splits.forEach(split -> context.assignSplit(split, subtask));
    }
  }

  @Override
  public void addSplitsBack(List<CameraSplit> splits, int subtask) {
    waitFor(subtask).addAll(splits);
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // Cameras are given without being asked for.
  }

  @Override
  public UnassignedSplits<CameraSplit> snapshotState(long checkpointId) {
    return new UnassignedSplits<>(waiting.values().stream().flatMap(List::stream).toList());
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
