package io.vigil.model.runtime;

import io.vigil.model.detect.Candidates;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A network on a device: pictures in, candidates out. Safe for use by several threads. */
public interface Detector extends AutoCloseable {

  ModelMetadata model();

  /**
   * Runs the network once.
   *
   * @param images direct buffer, uint8, [count, height, width, 3], RGB, from position 0
   * @return {@code count} results, in the order of the pictures
   * @throws DeviceOutOfMemoryException if the device has no memory for so many pictures at once
   * @throws DetectorException if the network fails; says on which device, shape and why
   */
  List<Candidates> infer(ByteBuffer images, int count, int height, int width);

  /**
   * How much of its device's memory is taken; each call of the supplier asks the device. Empty if
   * it does not tell, as a CPU does not.
   */
  default Optional<Supplier<DeviceMemory>> memory() {
    return Optional.empty();
  }

  @Override
  void close();
}
