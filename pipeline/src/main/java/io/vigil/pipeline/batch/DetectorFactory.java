package io.vigil.pipeline.batch;

import io.vigil.model.runtime.Detector;
import java.io.Serializable;

/**
 * Opens a detector where the job runs. Two factories that are equal open the same model on the same
 * device with the same settings, so that one detector serves both: make it a record.
 */
public interface DetectorFactory extends Serializable {

  /**
   * @throws io.vigil.model.runtime.DetectorException if the model or the device cannot be used
   */
  Detector open();
}
