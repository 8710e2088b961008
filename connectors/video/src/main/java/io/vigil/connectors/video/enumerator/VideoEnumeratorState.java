package io.vigil.connectors.video.enumerator;

import io.vigil.connectors.video.split.VideoSplit;
import java.util.List;

/** The splits that no reader has yet, in the order in which they go out. */
public record VideoEnumeratorState(List<VideoSplit> unassigned) {

  public VideoEnumeratorState {
    unassigned = List.copyOf(unassigned);
  }
}
