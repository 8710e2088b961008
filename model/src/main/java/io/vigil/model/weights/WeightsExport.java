package io.vigil.model.weights;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Implementation;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.names.NameTable;
import io.vigil.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes weights as safetensors, in the names of a family.
 *
 * <pre>{@code
 * WeightsExport.write(path, config, imported.weights(), NameScheme.RWIGHTMAN, true);
 * }</pre>
 */
public final class WeightsExport {
  /** What surrounds a max-pool: names alone would not tell it once they are another family's. */
  static final String POOL_PADDING = "vigil.pool_padding";

  /** Of batch norms, where it is not the usual one. */
  static final String EPSILON = "vigil.batch_norm_epsilon";

  static final String TRAINED = "vigil.trained";
  private static final String MODEL = "vigil.model";

  /** PyTorch's loaders ask for it. */
  private static final String FORMAT = "format";

  private WeightsExport() {}

  /** In float32. */
  public static void write(
      Path path, EfficientDetConfig config, Weights weights, NameScheme scheme, boolean trained) {
    write(path, config, weights, scheme, trained, ElementType.FLOAT);
  }

  /**
   * @param config of the network, with the padding that belongs to the weights
   * @param trained false for initial weights
   * @param type float32 or float16
   * @throws WeightsException if the file cannot be written
   * @throws IllegalArgumentException if a value is too large for the type; says whose
   */
  public static void write(
      Path path,
      EfficientDetConfig config,
      Weights weights,
      NameScheme scheme,
      boolean trained,
      ElementType type) {
    NameTable table = scheme.table(config);
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    for (ParameterSpec parameter : ShapeReading.of(config).parameters()) {
      var tensor = weights.tensor(parameter.name());
      if (type == ElementType.HALF) {
        Halves.require(parameter.name(), tensor.values());
      }
      tensors.put(table.of(parameter.name()), tensor);
    }
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(FORMAT, "pt");
    metadata.put(MODEL, "efficientdet-" + config.name());
    metadata.put(POOL_PADDING, config.poolPadding().key());
    var implementation = config.implementation();
    if (implementation.epsilon() != Implementation.of(implementation.padding()).epsilon()) {
      metadata.put(EPSILON, Double.toString(implementation.epsilon()));
    }
    metadata.put(TRAINED, Boolean.toString(trained));
    try {
      WholeFile.write(path, out -> SafetensorsWriter.write(out, type, tensors, metadata));
    } catch (IOException failure) {
      throw new WeightsException(
          "%s cannot be written: %s: %s."
              .formatted(path, failure.getClass().getSimpleName(), failure.getMessage()),
          failure);
    }
  }
}
