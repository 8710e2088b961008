package io.vigil.model.weights;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.names.NameTable;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a file's names and shapes compare with what a network needs, in one family's names.
 *
 * @param scheme the family
 * @param config the network
 * @param known names that the network needs or the family keeps besides
 * @param missing needed and not in the file, with the shape
 * @param unexpected in the file and not known, with the shape
 * @param misshaped in both, with both shapes
 */
record WeightsFit(
    NameScheme scheme,
    EfficientDetConfig config,
    long known,
    SortedMap<String, int[]> missing,
    SortedMap<String, int[]> unexpected,
    SortedMap<String, Misshaped> misshaped) {

  record Misshaped(int[] inFile, int[] needed) {}

  static WeightsFit of(NameScheme scheme, EfficientDetConfig config, Map<String, int[]> file) {
    return of(scheme, config, file, Keep.ALL);
  }

  /** Of what is kept alone: the rest may be missing, or be in the file in any shape. */
  static WeightsFit of(
      NameScheme scheme, EfficientDetConfig config, Map<String, int[]> file, Keep keep) {
    NameTable table = scheme.table(config);
    SortedMap<String, int[]> missing = new TreeMap<>();
    SortedMap<String, int[]> unexpected = new TreeMap<>(file);
    SortedMap<String, Misshaped> misshaped = new TreeMap<>();
    unexpected.keySet().removeAll(table.unused().keySet());
    for (ParameterSpec parameter : ShapeReading.of(config).parameters()) {
      String name = table.of(parameter.name());
      int[] shape = file.get(name);
      unexpected.remove(name);
      if (!keep.takes(parameter.name())) {
        continue;
      }
      if (shape == null) {
        missing.put(name, parameter.shape());
      } else if (!Arrays.equals(shape, parameter.shape())) {
        misshaped.put(name, new Misshaped(shape, parameter.shape()));
      }
    }
    long known = file.size() - unexpected.size();
    return new WeightsFit(scheme, config, known, missing, unexpected, misshaped);
  }

  boolean fits() {
    return problems() == 0;
  }

  int problems() {
    return missing.size() + unexpected.size() + misshaped.size();
  }
}
