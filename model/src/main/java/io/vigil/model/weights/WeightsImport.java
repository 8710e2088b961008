package io.vigil.model.weights;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.names.NameTable;
import io.vigil.model.weights.torch.StateDictFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Brings a PyTorch state_dict of either family to the network's own names.
 *
 * <pre>{@code
 * ImportedWeights imported =
 *     WeightsImport.read(Path.of("efficientdet-d0.pth"), EfficientDetConfig.named("d0"));
 * }</pre>
 */
public final class WeightsImport {
  private WeightsImport() {}

  /**
   * Finds the family by the names.
   *
   * @throws WeightsException if the file cannot be read, does not fit the network (every missing,
   *     unexpected and misshaped name is told at once) or holds values that are no numbers
   */
  public static ImportedWeights read(Path path, EfficientDetConfig config) {
    try (StateDictFile file = StateDictFile.open(path)) {
      Map<String, int[]> shapes = file.shapes();
      WeightsFit best =
          Stream.of(NameScheme.values())
              .map(scheme -> WeightsFit.of(scheme, config, shapes))
              .max(Comparator.comparingLong(fit -> fit.known() - fit.missing().size()))
              .orElseThrow();
      if (!best.fits()) {
        throw new WeightsException(MisfitReport.of(path, best, shapes));
      }
      return read(file, best.scheme(), config);
    }
  }

  private static ImportedWeights read(
      StateDictFile file, NameScheme scheme, EfficientDetConfig config) {
    List<ParameterSpec> parameters = ShapeReading.of(config).parameters();
    NameTable table = scheme.table(config);
    Map<String, Tensor> stored = file.read(table.names().values());
    Map<String, Tensor> tensors = new HashMap<>();
    table.names().forEach((canonical, name) -> tensors.put(canonical, stored.get(name)));
    Weights weights = new NamedTensors(tensors);
    ValueCheck.check(file.path(), parameters, table, weights);
    String digest = WeightsDigest.of(parameters, weights);
    return new ImportedWeights(scheme, file.section(), weights, digest);
  }
}
