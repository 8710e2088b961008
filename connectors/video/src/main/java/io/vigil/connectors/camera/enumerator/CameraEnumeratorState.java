package io.vigil.connectors.camera.enumerator;

import io.vigil.connectors.camera.split.CameraSplit;
import java.util.List;

/** The splits that no reader has yet, in the order in which they go out. */
public record CameraEnumeratorState(List<CameraSplit> unassigned) {

  public CameraEnumeratorState {
    unassigned = List.copyOf(unassigned);
  }
}
