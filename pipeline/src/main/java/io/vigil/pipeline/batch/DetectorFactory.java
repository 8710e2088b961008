package io.vigil.pipeline.batch;

import io.vigil.model.runtime.Detector;
import java.io.Serializable;
import java.util.List;

/**
 * Opens a detector where the job runs. Two factories that are equal open the same model on the same
 * device with the same settings, so that one detector serves both: make it a record.
 */
public interface DetectorFactory extends Serializable {

  /**
   * @throws io.vigil.model.runtime.DetectorException if the model or the device cannot be used
   */
  Detector open();

  /**
   * One for each of the GPUs that were given to this process; itself alone where none was, or where
   * it runs on something else.
   *
   * @param gpus as CUDA counts them
   */
  default List<DetectorFactory> onAssigned(List<Integer> gpus) {
    return List.of(this);
  }
}
