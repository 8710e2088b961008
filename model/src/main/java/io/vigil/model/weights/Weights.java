package io.vigil.model.weights;

/**
 * Every tensor of one network by its canonical name (the name that the graph gives it, in no
 * family's scheme).
 */
public interface Weights {

  /**
   * @throws IllegalArgumentException if there is no tensor of that name
   */
  Tensor tensor(String name);
}
