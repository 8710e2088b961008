package io.vigil.model.weights.names;

/** From the canonical name of a module (a parameter's name without its last part) to a family's. */
interface ModuleNames {

  String of(String module);
}
