package io.vigil.model.weights;

import java.util.Map;

/** Weights in memory. */
public record NamedTensors(Map<String, Tensor> tensors) implements Weights {

  public NamedTensors {
    tensors = Map.copyOf(tensors);
  }

  @Override
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("There are no weights named '" + name + "'.");
    }
    return tensor;
  }
}
