package io.vigil.pipeline.job;

import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.pipeline.batch.DetectorFactory;

/** Opens a model file on a device, where the job runs. */
public record ModelDetector(DetectorSettings settings) implements DetectorFactory {

  @Override
  public Detector open() {
    return settings.open();
  }
}
