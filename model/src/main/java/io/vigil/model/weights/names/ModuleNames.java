package io.vigil.model.weights.names;

import java.util.Map;

/** From the canonical name of a module (a parameter's name without its last part) to a family's. */
interface ModuleNames {

  /** What PyTorch calls the parts of a module, by what the graph calls them. */
  Map<String, String> LEAVES =
      Map.of(
          "weight", ".weight",
          "bias", ".bias",
          "weights", "",
          "scale", ".weight",
          "shift", ".bias",
          "mean", ".running_mean",
          "variance", ".running_var");

  String of(String module);

  /**
   * A parameter's name.
   *
   * @param leaf the last part of its canonical name
   */
  default String parameter(String module, String leaf) {
    return of(module) + LEAVES.get(leaf);
  }

  /** Whether batch norms keep a count of batches beside their parameters, as PyTorch's do. */
  default boolean countsBatches() {
    return true;
  }
}
