package io.vigil.model.runtime;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Implementation;
import io.vigil.model.config.Normalization;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.detect.AnchorLayout;
import java.util.List;
import java.util.Optional;

/**
 * What of a network whoever has the weights may know better than their names and family tell.
 *
 * @param poolPadding what surrounds a max-pool; empty for what the weights' family has
 * @param padding of convolutions, for a backbone alone or a network that is not trained; empty for
 *     what the names tell, or else TensorFlow's
 * @param normalization of the pictures' bytes; empty for what the level was published with
 * @param resolution longest side of a picture; empty for what the level was published with
 * @param anchorScale side of a level's smallest anchor in strides; empty for what the level was
 *     published with
 * @param aspectRatios pairs (width factor, height factor) of the anchors; all published weights
 *     have {@link AnchorLayout#pairs}
 */
public record NetworkChoices(
    Optional<PoolPadding> poolPadding,
    Optional<Padding> padding,
    Optional<Normalization> normalization,
    Optional<Integer> resolution,
    Optional<Double> anchorScale,
    List<double[]> aspectRatios) {

  /** What is published. */
  static final NetworkChoices NONE =
      new NetworkChoices(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          AnchorLayout.pairs());

  public NetworkChoices {
    aspectRatios = List.copyOf(aspectRatios);
  }

  /** The network that weights are looked for. */
  EfficientDetConfig applied(EfficientDetConfig config) {
    return resolution
        .map(config::withResolution)
        .orElse(config)
        .withAnchorScale(anchorScale.orElse(config.anchorScale()))
        .withImplementation(padding.map(Implementation::of).orElse(config.implementation()))
        .withNormalization(normalization.orElse(config.normalization()));
  }

  NetworkChoices withPoolPadding(PoolPadding other) {
    return with(Optional.of(other), padding, normalization, resolution, anchorScale);
  }

  NetworkChoices withPadding(Padding other) {
    return with(poolPadding, Optional.of(other), normalization, resolution, anchorScale);
  }

  NetworkChoices withNormalization(Normalization other) {
    return with(poolPadding, padding, Optional.of(other), resolution, anchorScale);
  }

  NetworkChoices withResolution(int pixels) {
    return with(poolPadding, padding, normalization, Optional.of(pixels), anchorScale);
  }

  NetworkChoices withAnchorScale(double strides) {
    return with(poolPadding, padding, normalization, resolution, Optional.of(strides));
  }

  private NetworkChoices with(
      Optional<PoolPadding> pools,
      Optional<Padding> convolutions,
      Optional<Normalization> bytes,
      Optional<Integer> pixels,
      Optional<Double> anchors) {
    return new NetworkChoices(pools, convolutions, bytes, pixels, anchors, aspectRatios);
  }

  NetworkChoices withAspectRatios(List<double[]> pairs) {
    return new NetworkChoices(poolPadding, padding, normalization, resolution, anchorScale, pairs);
  }
}
