package io.vigil.pipeline.job;

import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import java.util.List;

/** Opens a model file on a device, where the job runs. */
public record ModelDetector(DetectorSettings settings) implements DetectorFactory {

  @Override
  public Detector open() {
    return settings.open();
  }

  @Override
  public List<DetectorFactory> onAssigned(List<Integer> gpus) {
    List<DetectorFactory> factories =
        gpus.stream()
            .map(settings::onAssigned)
            .distinct()
            .<DetectorFactory>map(ModelDetector::new)
            .toList();
    return factories.isEmpty() ? List.of(this) : factories;
  }
}
