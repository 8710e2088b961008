package io.vigil.model.weights;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/**
 * An open weights file of any format: what it holds by name, and the values of what is asked for.
 * Opening it has checked that every tensor can be where the file says it is.
 */
public interface TensorFile extends AutoCloseable {

  Path path();

  /** The part of the file that the tensors are from; empty where it has no parts. */
  String section();

  /** What the file says of itself; empty where its format has no place for that. */
  default Map<String, String> metadata() {
    return Map.of();
  }

  /** Name to shape, sorted; convolution kernels are OIHW. */
  SortedMap<String, int[]> shapes();

  /** How a tensor's elements are stored. */
  ElementType type(String name);

  /**
   * Reads values as float32.
   *
   * @throws WeightsException if the file is damaged
   */
  Map<String, Tensor> read(Collection<String> names);

  @Override
  void close();
}
