package io.vigil.model.weights;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Implementation;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.weights.names.NameScheme;
import io.vigil.model.weights.names.NameTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * Finds the family by the names, and whether the network is TensorFlow's or PyTorch's.
   *
   * @throws WeightsException if the file cannot be read, does not fit the network (every missing,
   *     unexpected and misshaped name is told at once) or holds values that are no numbers
   */
  public static ImportedWeights read(Path path, EfficientDetConfig config) {
    return read(path, config, Keep.ALL, 0);
  }

  /**
   * The same for a part of the file, which may be an ImageNet classifier where that is its
   * backbone; the rest of the network gets initial weights.
   *
   * @param config of the network; a backbone's names do not tell of what implementation it is, so
   *     it is the configuration's
   * @param seed of the initial weights
   */
  public static ImportedWeights read(Path path, EfficientDetConfig config, Keep keep, long seed) {
    try (TensorFile opened = WeightsFile.open(path)) {
      Optional<TensorFile> classifier = BackboneFile.of(opened);
      if (keep != Keep.BACKBONE && classifier.isPresent()) {
        throw new WeightsException(
            "%s is a classifier, as ImageNet's, and no detector: keep its backbone alone, to train on (--keep backbone)."
                .formatted(path));
      }
      TensorFile file = classifier.orElse(opened);
      Map<String, int[]> shapes = file.shapes();
      WeightsFit best =
          Stream.of(NameScheme.values())
              .flatMap(scheme -> fits(scheme, config, shapes, keep))
              .max(Comparator.comparingLong(fit -> fit.known() - fit.missing().size()))
              .orElseThrow();
      if (!best.fits()) {
        throw new WeightsException(MisfitReport.of(path, best, shapes));
      }
      return read(file, best.scheme(), best.config(), keep, seed);
    }
  }

  private static Stream<WeightsFit> fits(
      NameScheme scheme, EfficientDetConfig config, Map<String, int[]> shapes, Keep keep) {
    Stream<Implementation> implementations =
        keep == Keep.BACKBONE
            ? Stream.of(config.implementation())
            : Stream.of(Implementation.TENSORFLOW, Implementation.PYTORCH).filter(config::suits);
    return implementations.map(
        implementation ->
            WeightsFit.of(scheme, config.withImplementation(implementation), shapes, keep));
  }

  private static ImportedWeights read(
      TensorFile file, NameScheme scheme, EfficientDetConfig config, Keep keep, long seed) {
    List<ParameterSpec> parameters = ShapeReading.of(config).parameters();
    NameTable table = scheme.table(config);
    Map<String, String> kept = new TreeMap<>(table.names());
    kept.keySet().removeIf(canonical -> !keep.takes(canonical));
    List<ParameterSpec> fresh =
        parameters.stream().filter(parameter -> !keep.takes(parameter.name())).toList();
    Map<String, Tensor> tensors = new HashMap<>();
    Weights initial = InitialWeights.of(fresh, seed);
    fresh.forEach(parameter -> tensors.put(parameter.name(), initial.tensor(parameter.name())));
    Map<String, Tensor> stored = file.read(kept.values());
    kept.forEach((canonical, name) -> tensors.put(canonical, stored.get(name)));
    Weights weights = new NamedTensors(tensors);
    ValueCheck.check(file.path(), parameters, table, weights);
    return new ImportedWeights(
        scheme,
        file.section(),
        weights,
        WeightsDigest.of(parameters, weights),
        withEpsilon(file, config.implementation())
            .withPoolPadding(poolPadding(file, scheme, config)),
        fresh.isEmpty() && !"false".equals(file.metadata().get(WeightsExport.TRAINED)),
        notes(file, config, kept.values(), fresh.size()));
  }

  private static Implementation withEpsilon(TensorFile file, Implementation usual) {
    String told = file.metadata().get(WeightsExport.EPSILON);
    try {
      return told == null ? usual : usual.withEpsilon(Double.parseDouble(told));
    } catch (NumberFormatException wrong) {
      throw new WeightsException(
          "%s: %s is '%s', which is no number.".formatted(file.path(), WeightsExport.EPSILON, told),
          wrong);
    }
  }

  private static PoolPadding poolPadding(
      TensorFile file, NameScheme scheme, EfficientDetConfig config) {
    String told = file.metadata().get(WeightsExport.POOL_PADDING);
    boolean pytorch = config.implementation().padding() == Padding.SYMMETRIC;
    PoolPadding own = pytorch ? PoolPadding.MINUS_INFINITY : scheme.poolPadding();
    try {
      return told == null ? own : PoolPadding.of(told);
    } catch (IllegalArgumentException unknown) {
      throw new WeightsException(
          "%s: %s is not valid. %s"
              .formatted(file.path(), WeightsExport.POOL_PADDING, unknown.getMessage()),
          unknown);
    }
  }

  /** The network computes in float32. */
  private static List<String> notes(
      TensorFile file, EfficientDetConfig config, Collection<String> kept, int fresh) {
    Map<ElementType, Long> counts =
        kept.stream()
            .map(file::type)
            .filter(type -> type != ElementType.FLOAT)
            .collect(Collectors.groupingBy(type -> type, TreeMap::new, Collectors.counting()));
    List<String> notes = new ArrayList<>();
    if (!file.section().isEmpty()) {
      notes.add("The weights are those under '%s' in the file.".formatted(file.section()));
    }
    if (config.implementation().padding() == Padding.SYMMETRIC) {
      notes.add(
          "The weights are PyTorch's own kind, as rwightman's efficientdet_d0 and efficientdet_d1 are, and so is the network: padding symmetric, batch-norm epsilon 1e-5 in the backbone, no biases before batch norms.");
    }
    counts.forEach(
        (type, count) ->
            notes.add(
                "%d tensors are %s in the file and were converted to float32."
                    .formatted(count, type.typeName())));
    if (fresh > 0) {
      notes.add(
          "%d tensors come from the file, %d start from initial weights: the network has to be trained."
              .formatted(kept.size(), fresh));
    }
    return notes;
  }
}
