package io.vigil.model.runtime;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * How a detector is opened; travels in a job's graph to where it runs. Equal settings open the
 * same.
 *
 * @param model path of the model file there
 * @param device what runs the network
 * @param threads that compute one batch on the CPU; 0 for as many as there are cores
 */
public record DetectorSettings(String model, DeviceChoice device, int threads)
    implements Serializable {

  public DetectorSettings {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "threads is " + threads + "; it is 0 (as many as there are cores) or more.");
    }
  }

  /** On the CPU, with as many threads as there are cores. */
  public static DetectorSettings onCpu(Path model) {
    return new DetectorSettings(model.toString(), DeviceChoice.CPU, 0);
  }

  /**
   * Opens the detector here.
   *
   * @throws DetectorException if the model or the device cannot be used
   */
  public Detector open() {
    return OnnxDetector.open(this);
  }
}
