package io.vigil.model.runtime;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What CUDA tells of a GPU's memory. */
final class GpuMemory {
  private static final Logger LOG = LoggerFactory.getLogger(GpuMemory.class);

  private GpuMemory() {}

  /** Empty if it is no GPU, or CUDA's runtime does not tell. */
  static Optional<Supplier<DeviceMemory>> of(Device device) {
    if (!device.isGpu()) {
      return Optional.empty();
    }
    try {
      read(device);
      return Optional.of(() -> read(device));
    } catch (RuntimeException | LinkageError failure) {
      LOG.info("The memory of {} is not told: {}", device, OnnxRuntime.rootMessage(failure));
      return Optional.empty();
    }
  }

  private static DeviceMemory read(Device device) {
    var memory = CudaUtils.getGpuMemory(device);
    return new DeviceMemory(memory.getUsed(), memory.getMax());
  }
}
