package io.vigil.connectors.frames.enumerator;

import io.vigil.connectors.frames.split.FramesSplit;
import java.util.List;
import java.util.Set;

/**
 * What is known of the topic's partitions.
 *
 * @param assigned numbers of those that readers have, in whose state their positions are
 * @param unassigned those that no reader has yet
 */
public record FramesEnumeratorState(Set<Integer> assigned, List<FramesSplit> unassigned) {

  public static final FramesEnumeratorState NOTHING_KNOWN =
      new FramesEnumeratorState(Set.of(), List.of());

  public FramesEnumeratorState {
    assigned = Set.copyOf(assigned);
    unassigned = List.copyOf(unassigned);
  }

  boolean isNew() {
    return assigned.isEmpty() && unassigned.isEmpty();
  }
}
