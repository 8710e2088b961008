package io.vigil.model.weights.names;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names of one network's tensors in one family.
 *
 * @param scheme the family
 * @param names from canonical to the family's name, in the order of the tensors' use
 * @param unused what the family's files hold besides, by its own name, with the shape; an importer
 *     passes over them, and their absence is no error
 */
public record NameTable(NameScheme scheme, Map<String, String> names, Map<String, int[]> unused) {

  public NameTable {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    unused = Collections.unmodifiableMap(new LinkedHashMap<>(unused));
  }

  /** The family's name of a tensor. */
  public String of(String canonical) {
    var name = names.get(canonical);
    if (name == null) {
      throw new IllegalArgumentException("The network has no parameter '" + canonical + "'.");
    }
    return name;
  }
}
