package io.vigil.model.weights;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.names.NameTable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a weights file of any format and family to the network's own names.
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
    try (TensorFile file = WeightsFile.open(path)) {
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
      TensorFile file, NameScheme scheme, EfficientDetConfig config) {
    List<ParameterSpec> parameters = ShapeReading.of(config).parameters();
    NameTable table = scheme.table(config);
    Map<String, Tensor> stored = file.read(table.names().values());
    Map<String, Tensor> tensors = new HashMap<>();
    table.names().forEach((canonical, name) -> tensors.put(canonical, stored.get(name)));
    Weights weights = new NamedTensors(tensors);
    ValueCheck.check(file.path(), parameters, table, weights);
    return new ImportedWeights(
        scheme,
        file.section(),
        weights,
        WeightsDigest.of(parameters, weights),
        poolPadding(file, scheme),
        !"false".equals(file.metadata().get(WeightsExport.TRAINED)),
        conversions(file, table));
  }

  private static PoolPadding poolPadding(TensorFile file, NameScheme scheme) {
    String told = file.metadata().get(WeightsExport.POOL_PADDING);
    try {
      return told == null ? scheme.poolPadding() : PoolPadding.of(told);
    } catch (IllegalArgumentException unknown) {
      throw new WeightsException(
          "%s: %s is not valid. %s"
              .formatted(file.path(), WeightsExport.POOL_PADDING, unknown.getMessage()),
          unknown);
    }
  }

  /** The network computes in float32. */
  private static List<String> conversions(TensorFile file, NameTable table) {
    Map<ElementType, Long> counts =
        table.names().values().stream()
            .map(file::type)
            .filter(type -> type != ElementType.FLOAT)
            .collect(Collectors.groupingBy(type -> type, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(
            entry ->
                "%d tensors are %s in the file and were converted to float32."
                    .formatted(entry.getValue(), entry.getKey().typeName()))
        .toList();
  }
}
