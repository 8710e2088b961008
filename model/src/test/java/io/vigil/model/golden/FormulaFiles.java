package io.vigil.model.golden;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.names.NameTable;
import io.vigil.model.weights.torch.PthFile;
import java.nio.file.Path;
import java.util.Arrays;

/** State_dict files of either family with given weights, as PyTorch would write them. */
public final class FormulaFiles {
  private FormulaFiles() {}

  public static Path write(
      Path path, EfficientDetConfig config, Weights weights, NameScheme scheme) {
    return add(new PthFile(), config, weights, scheme).write(path);
  }

  /** Adds all tensors of a network, and those that the family keeps besides. */
  public static PthFile add(
      PthFile file, EfficientDetConfig config, Weights weights, NameScheme scheme) {
    NameTable table = scheme.table(config);
    ShapeReading.of(config)
        .parameters()
        .forEach(
            parameter -> {
              Tensor tensor = weights.tensor(parameter.name());
              file.add(table.of(parameter.name()), tensor.values(), tensor.shape());
            });
    table.unused().forEach((name, shape) -> addUnused(file, name, shape));
    return file;
  }

  private static void addUnused(PthFile file, String name, int[] shape) {
    if (shape.length == 0) {
      file.addCounter(name, 0);
    } else {
      file.add(name, new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)], shape);
    }
  }
}
