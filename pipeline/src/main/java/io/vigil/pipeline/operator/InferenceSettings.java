package io.vigil.pipeline.operator;

import io.vigil.model.detect.DetectionSettings;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import java.io.Serializable;

/**
 * What an inference operator needs to know.
 *
 * @param detector opens the network on its device, in the task manager
 * @param batch how frames are gathered before it
 * @param detection what turns its candidates into detections
 */
public record InferenceSettings(
    DetectorFactory detector, BatchSettings batch, DetectionSettings detection)
    implements Serializable {

  /**
   * Frames that a subtask has in hand at most: enough to fill every batch in flight and the one
   * behind them by itself.
   */
  public int capacity() {
    return batch.size() * (batch.inFlight() + 1);
  }
}
