package io.vigil.model.backend;

import java.util.function.Predicate;

/**
 * Where batch norms take mean and variance from.
 *
 * @param batchShare how much of the batch's goes into the running ones
 * @param learns by a batch norm's name: whether it takes the batch's, or the running ones
 */
record NormMode(double batchShare, Predicate<String> learns) {

  static NormMode running() {
    return new NormMode(0, name -> false);
  }

  boolean learns(String name) {
    return learns.test(name);
  }
}
