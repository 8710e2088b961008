package io.vigil.model.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.vigil.model.backend.OnnxExport;
import io.vigil.model.backend.OnnxOptions;
import io.vigil.model.backend.OnnxOptions.Precision;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Implementation;
import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.Keep;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.WeightsDigest;
import io.vigil.model.weights.WeightsExport;
import io.vigil.model.weights.WeightsImport;
import io.vigil.model.weights.names.NameScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a model file in the form that runs: bytes in, the best candidates out.
 *
 * <pre>{@code
 * ModelMetadata model =
 *     ModelExport.write(ModelRecipe.of("d0", Path.of("d0.pth")), Path.of("d0.onnx"));
 * }</pre>
 */
public final class ModelExport {
  private static final long SEED = 0;

  private ModelExport() {}

  private record Source(
      Weights weights,
      String digest,
      Implementation implementation,
      boolean trained,
      NameScheme scheme,
      List<String> notes) {}

  /**
   * What a file was made from.
   *
   * @param config of the network, with the padding that belongs to the weights
   * @param scheme whose names the tensors have in the file
   * @param notes what was done to the weights on the way
   */
  public record Written(EfficientDetConfig config, NameScheme scheme, List<String> notes) {}

  /**
   * The same recipe and weights give the same bytes.
   *
   * @return the metadata of the file that was written
   * @throws IllegalArgumentException if there is no such level; names those there are
   * @throws io.vigil.model.weights.WeightsException if the weights cannot be read or do not fit
   * @throws DetectorException if the file cannot be written
   */
  public static ModelMetadata write(ModelRecipe recipe, Path out) {
    return write(recipe, out, note -> {});
  }

  /**
   * As {@link #write(ModelRecipe, Path)}.
   *
   * @param notes takes what was done to the weights on the way, a sentence each
   */
  public static ModelMetadata write(ModelRecipe recipe, Path out, Consumer<String> notes) {
    EfficientDetConfig config = config(recipe);
    Source source = source(recipe, config);
    EfficientDetConfig padded = padded(recipe, config, source);
    ModelProto graph = OnnxExport.export(padded, source.weights(), options(recipe));
    source.notes().forEach(notes);
    return ModelFile.write(out, graph, metadata(recipe, padded, source, recipe.domain()));
  }

  /**
   * Writes a model file of weights that were trained here.
   *
   * @param recipe labels, anchors, candidates and licence; its weights are not read
   * @param config of the network that was trained
   * @param domain what it was trained on
   */
  public static ModelMetadata write(
      ModelRecipe recipe, EfficientDetConfig config, String domain, Weights weights, Path out) {
    String digest = WeightsDigest.of(ShapeReading.of(config).parameters(), weights);
    Source source =
        new Source(weights, digest, config.implementation(), true, NameScheme.RWIGHTMAN, List.of());
    ModelProto graph = OnnxExport.export(config, weights, options(recipe));
    return ModelFile.write(out, graph, metadata(recipe, config, source, domain));
  }

  /**
   * Writes the weights alone, as safetensors.
   *
   * @param names the family whose names they get; empty for those that they have, or rwightman's
   *     for TensorFlow's
   * @throws io.vigil.model.weights.WeightsException if the weights cannot be read, do not fit or
   *     cannot be written
   * @throws IllegalArgumentException if one is too large for float16; says which
   */
  public static Written writeWeights(ModelRecipe recipe, Optional<NameScheme> names, Path out) {
    EfficientDetConfig config = config(recipe);
    Source source = source(recipe, config);
    EfficientDetConfig padded = padded(recipe, config, source);
    NameScheme own = source.scheme();
    NameScheme scheme = names.orElse(own == NameScheme.GOOGLE ? NameScheme.RWIGHTMAN : own);
    ElementType type =
        recipe.precision() == Precision.FLOAT16 ? ElementType.HALF : ElementType.FLOAT;
    WeightsExport.write(out, padded, source.weights(), scheme, source.trained(), type);
    return new Written(padded, scheme, source.notes());
  }

  private static EfficientDetConfig config(ModelRecipe recipe) {
    EfficientDetConfig config =
        EfficientDetConfig.named(recipe.level()).withClasses(recipe.labels().size());
    if (recipe.network().padding().isPresent()
        && recipe.weights().isPresent()
        && recipe.keep() != Keep.BACKBONE) {
      throw new IllegalArgumentException(
          "Padding is told by the names of whole weights; it is given for a backbone alone (--keep backbone), or without weights.");
    }
    return recipe.network().applied(config);
  }

  private static EfficientDetConfig padded(
      ModelRecipe recipe, EfficientDetConfig config, Source source) {
    EfficientDetConfig own = config.withImplementation(source.implementation());
    return own.withPoolPadding(recipe.network().poolPadding().orElse(own.poolPadding()));
  }

  private static Source source(ModelRecipe recipe, EfficientDetConfig config) {
    return recipe
        .weights()
        .map(path -> WeightsImport.read(path, config, recipe.keep(), 0))
        .map(
            imported ->
                new Source(
                    imported.weights(),
                    imported.digest(),
                    imported.implementation(),
                    imported.trained(),
                    imported.scheme(),
                    imported.notes()))
        .orElseGet(() -> initial(config));
  }

  private static Source initial(EfficientDetConfig config) {
    List<ParameterSpec> parameters = ShapeReading.of(config).parameters();
    Weights weights = InitialWeights.of(parameters, SEED);
    String digest = WeightsDigest.of(parameters, weights);
    return new Source(
        weights, digest, config.implementation(), false, NameScheme.RWIGHTMAN, List.of());
  }

  private static ModelMetadata metadata(
      ModelRecipe recipe, EfficientDetConfig config, Source source, String domain) {
    return new ModelMetadata(
        name(recipe, config),
        config.name(),
        config.resolution(),
        config.sizeMultiple(),
        EfficientDetConfig.MIN_LEVEL,
        config.maxLevel(),
        config.anchorScale(),
        recipe.network().aspectRatios(),
        recipe.labels(),
        doubles(config.normalization().mean()),
        doubles(config.normalization().std()),
        config.implementation().padding().key(),
        config.poolPadding().key(),
        recipe.topK(),
        source.digest(),
        source.trained(),
        source.trained() ? domain : ModelRecipe.UNTRAINED,
        recipe.licence(),
        "");
  }

  private static OnnxOptions options(ModelRecipe recipe) {
    return OnnxOptions.production(recipe.topK()).withPrecision(recipe.precision());
  }

  /** That of another precision is another model: its scores differ. */
  private static String name(ModelRecipe recipe, EfficientDetConfig config) {
    String name = "efficientdet-" + config.name();
    return recipe.precision() == Precision.FLOAT32 ? name : name + "-" + recipe.precision().key();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
