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
 * @param gpu which GPU, where it is one
 */
public record DetectorSettings(String model, DeviceChoice device, int threads, GpuSettings gpu)
    implements Serializable {

  public DetectorSettings {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "threads is " + threads + "; it is 0 (as many as there are cores) or more.");
    }
  }

  /** On the first GPU, where it is one. */
  public DetectorSettings(String model, DeviceChoice device, int threads) {
    this(model, device, threads, GpuSettings.FIRST);
  }

  /** On the CPU, with as many threads as there are cores. */
  public static DetectorSettings onCpu(Path model) {
    return new DetectorSettings(model.toString(), DeviceChoice.CPU, 0);
  }

  /** The same on a GPU that was given to this process; on the CPU, if that was asked for. */
  public DetectorSettings onAssigned(int index) {
    return device == DeviceChoice.CPU
        ? this
        : new DetectorSettings(model, device, threads, gpu.assigned(index));
  }

  /** A GPU's rounding depends on the batch's size, too; with {@code auto} it may be one. */
  public boolean wantsEqualBatches() {
    return device != DeviceChoice.CPU && gpu.arithmetic() == GpuArithmetic.REPRODUCIBLE;
  }

  /**
   * Looks whether the device is here, without a model.
   *
   * @throws DeviceUnavailableException if it is not, and no other may take its place
   */
  public void requireDevice() {
    OnnxDetector.requireDevice(this);
  }

  /**
   * Opens the detector here.
   *
   * @throws DeviceUnavailableException if the device cannot be used, and no other may be
   * @throws DetectorException if the model cannot be used
   */
  public Detector open() {
    return OnnxDetector.open(this);
  }
}
