package io.vigil.model.runtime;

import io.vigil.model.backend.OnnxOptions;
import io.vigil.model.backend.OnnxOptions.Precision;
import io.vigil.model.config.Normalization;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.model.weights.Keep;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a model file is made from.
 *
 * <pre>{@code
 * ModelRecipe recipe = ModelRecipe.of("d0", Path.of("d0.pth")).withTopK(5000);
 * }</pre>
 *
 * @param level key of the compound-scaling table, such as {@code d0}
 * @param weights a weights file; empty for a network that is not trained
 * @param keep what is taken from it
 * @param network what its names do not tell
 * @param topK candidates a picture
 * @param precision of weights and layers
 * @param labels the label map, a class an output
 * @param domain what the weights were trained on, such as {@code coco}
 * @param licence of the weights, SPDX where there is one
 */
public record ModelRecipe(
    String level,
    Optional<Path> weights,
    Keep keep,
    NetworkChoices network,
    int topK,
    Precision precision,
    List<Label> labels,
    String domain,
    String licence) {

  private static final String COCO = "coco";
  private static final String UNKNOWN = "unknown";
  static final String UNTRAINED = "untrained";

  public ModelRecipe {
    labels = List.copyOf(labels);
    if (topK < 1) {
      throw new IllegalArgumentException("Top K is " + topK + "; it is 1 or more.");
    }
    domain = weights.isPresent() ? domain : UNTRAINED;
  }

  /** A network with initial weights, COCO's classes and a stream's number of candidates. */
  public static ModelRecipe untrained(String level) {
    return of(level, Optional.empty(), UNTRAINED, "Apache-2.0");
  }

  /** Weights for COCO's classes. */
  public static ModelRecipe of(String level, Path weights) {
    return of(level, Optional.of(weights), COCO, UNKNOWN);
  }

  private static ModelRecipe of(
      String level, Optional<Path> weights, String domain, String licence) {
    return new ModelRecipe(
        level,
        weights,
        Keep.ALL,
        NetworkChoices.NONE,
        OnnxOptions.STREAM_TOP_K,
        Precision.FLOAT32,
        LabelMap.coco(),
        domain,
        licence);
  }

  public ModelRecipe withPoolPadding(PoolPadding padding) {
    return with(network.withPoolPadding(padding));
  }

  /** Of a backbone alone, or of a network that is not trained; other weights tell it. */
  public ModelRecipe withPadding(Padding padding) {
    return with(network.withPadding(padding));
  }

  public ModelRecipe withNormalization(Normalization normalization) {
    return with(network.withNormalization(normalization));
  }

  /** Longest side of a picture, where the weights were trained for another than the published. */
  public ModelRecipe withResolution(int pixels) {
    return with(network.withResolution(pixels));
  }

  /** Side of a level's smallest anchor in strides, where the weights were trained for another. */
  public ModelRecipe withAnchorScale(double strides) {
    return with(network.withAnchorScale(strides));
  }

  public ModelRecipe withAspectRatios(List<double[]> pairs) {
    return with(network.withAspectRatios(pairs));
  }

  private ModelRecipe with(NetworkChoices choices) {
    return new ModelRecipe(level, weights, keep, choices, topK, precision, labels, domain, licence);
  }

  public ModelRecipe withTopK(int count) {
    return new ModelRecipe(
        level, weights, keep, network, count, precision, labels, domain, licence);
  }

  /** Weights for other classes than COCO's were trained on something that is yet to be told. */
  public ModelRecipe withLabels(List<Label> map) {
    String kept = domain.equals(COCO) && !map.equals(labels) ? UNKNOWN : domain;
    return new ModelRecipe(level, weights, keep, network, topK, precision, map, kept, licence);
  }

  public ModelRecipe withDomain(String name) {
    return new ModelRecipe(level, weights, keep, network, topK, precision, labels, name, licence);
  }

  public ModelRecipe withLicence(String name) {
    return new ModelRecipe(level, weights, keep, network, topK, precision, labels, domain, name);
  }

  /** A network that is to be trained on: what is not kept starts from initial weights. */
  public ModelRecipe withKeep(Keep part) {
    return new ModelRecipe(level, weights, part, network, topK, precision, labels, domain, licence);
  }

  /** Float16 is for GPUs. */
  public ModelRecipe withPrecision(Precision other) {
    return new ModelRecipe(level, weights, keep, network, topK, other, labels, domain, licence);
  }
}
