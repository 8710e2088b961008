package io.vigil.model.runtime;

import io.vigil.model.backend.OnnxOptions;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.detect.AnchorLayout;
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
 * @param poolPadding what surrounds a max-pool; empty for what the weights' family has
 * @param aspectRatios pairs (width factor, height factor) of the anchors; both families of weights
 *     have {@link AnchorLayout#pairs}
 * @param topK candidates a picture
 * @param labels the label map, a class an output
 * @param domain what the weights were trained on, such as {@code coco}
 * @param licence of the weights, SPDX where there is one
 * @param keep what is taken from the weights file
 */
public record ModelRecipe(
    String level,
    Optional<Path> weights,
    Optional<PoolPadding> poolPadding,
    List<double[]> aspectRatios,
    int topK,
    List<Label> labels,
    String domain,
    String licence,
    Keep keep) {

  private static final String COCO = "coco";
  private static final String UNKNOWN = "unknown";
  static final String UNTRAINED = "untrained";

  public ModelRecipe {
    aspectRatios = List.copyOf(aspectRatios);
    labels = List.copyOf(labels);
    if (topK < 1) {
      throw new IllegalArgumentException("Top K is " + topK + "; it is 1 or more.");
    }
    domain = weights.isPresent() ? domain : UNTRAINED;
  }

  /** A network with initial weights, COCO's classes and a stream's number of candidates. */
  public static ModelRecipe untrained(String level) {
    return new ModelRecipe(
        level,
        Optional.empty(),
        Optional.empty(),
        AnchorLayout.pairs(),
        OnnxOptions.STREAM_TOP_K,
        LabelMap.coco(),
        UNTRAINED,
        "Apache-2.0",
        Keep.ALL);
  }

  /** Weights for COCO's classes. */
  public static ModelRecipe of(String level, Path weights) {
    return new ModelRecipe(
        level,
        Optional.of(weights),
        Optional.empty(),
        AnchorLayout.pairs(),
        OnnxOptions.STREAM_TOP_K,
        LabelMap.coco(),
        COCO,
        UNKNOWN,
        Keep.ALL);
  }

  public ModelRecipe withPoolPadding(PoolPadding padding) {
    return new ModelRecipe(
        level, weights, Optional.of(padding), aspectRatios, topK, labels, domain, licence, keep);
  }

  public ModelRecipe withAspectRatios(List<double[]> pairs) {
    return new ModelRecipe(level, weights, poolPadding, pairs, topK, labels, domain, licence, keep);
  }

  public ModelRecipe withTopK(int count) {
    return new ModelRecipe(
        level, weights, poolPadding, aspectRatios, count, labels, domain, licence, keep);
  }

  /** Weights for other classes than COCO's were trained on something that is yet to be told. */
  public ModelRecipe withLabels(List<Label> map) {
    String kept = domain.equals(COCO) && !map.equals(labels) ? UNKNOWN : domain;
    return new ModelRecipe(
        level, weights, poolPadding, aspectRatios, topK, map, kept, licence, keep);
  }

  public ModelRecipe withDomain(String name) {
    return new ModelRecipe(
        level, weights, poolPadding, aspectRatios, topK, labels, name, licence, keep);
  }

  public ModelRecipe withLicence(String name) {
    return new ModelRecipe(
        level, weights, poolPadding, aspectRatios, topK, labels, domain, name, keep);
  }

  /** A network that is to be trained on: what is not kept starts from initial weights. */
  public ModelRecipe withKeep(Keep part) {
    return new ModelRecipe(
        level, weights, poolPadding, aspectRatios, topK, labels, domain, licence, part);
  }
}
