package io.vigil.model.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.vigil.model.backend.OnnxExport;
import io.vigil.model.backend.OnnxOptions;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.weights.InitialWeights;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.WeightsDigest;
import io.vigil.model.weights.WeightsImport;
import java.nio.file.Path;
import java.util.List;

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

  private record Source(Weights weights, String digest, PoolPadding poolPadding) {}

  /**
   * The same recipe and weights give the same bytes.
   *
   * @return the metadata of the file that was written
   * @throws IllegalArgumentException if there is no such level; names those there are
   * @throws io.vigil.model.weights.WeightsException if the weights cannot be read or do not fit
   * @throws DetectorException if the file cannot be written
   */
  public static ModelMetadata write(ModelRecipe recipe, Path out) {
    EfficientDetConfig config =
        EfficientDetConfig.named(recipe.level()).withClasses(recipe.labels().size());
    Source source = source(recipe, config);
    EfficientDetConfig padded =
        config.withPoolPadding(recipe.poolPadding().orElse(source.poolPadding()));
    ModelProto graph =
        OnnxExport.export(padded, source.weights(), OnnxOptions.production(recipe.topK()));
    return ModelFile.write(out, graph, metadata(recipe, padded, source.digest()));
  }

  private static Source source(ModelRecipe recipe, EfficientDetConfig config) {
    return recipe
        .weights()
        .map(path -> WeightsImport.read(path, config))
        .map(
            imported ->
                new Source(imported.weights(), imported.digest(), imported.scheme().poolPadding()))
        .orElseGet(() -> initial(config));
  }

  private static Source initial(EfficientDetConfig config) {
    List<ParameterSpec> parameters = ShapeReading.of(config).parameters();
    Weights weights = InitialWeights.of(parameters, SEED);
    return new Source(weights, WeightsDigest.of(parameters, weights), config.poolPadding());
  }

  private static ModelMetadata metadata(
      ModelRecipe recipe, EfficientDetConfig config, String weightsDigest) {
    return new ModelMetadata(
        "efficientdet-" + config.name(),
        config.name(),
        config.resolution(),
        config.sizeMultiple(),
        EfficientDetConfig.MIN_LEVEL,
        config.maxLevel(),
        config.anchorScale(),
        recipe.aspectRatios(),
        recipe.labels(),
        doubles(config.normalization().mean()),
        doubles(config.normalization().std()),
        config.poolPadding().key(),
        recipe.topK(),
        weightsDigest,
        recipe.weights().isPresent(),
        recipe.domain(),
        recipe.licence(),
        "");
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
