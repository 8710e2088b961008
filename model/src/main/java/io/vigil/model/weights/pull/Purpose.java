package io.vigil.model.weights.pull;

import io.vigil.model.config.Normalization;
import io.vigil.model.detect.Convention;
import java.util.Optional;

/**
 * What published weights are for.
 *
 * @param backbone whether they are a classifier, to start training from; else a detector
 * @param convention whose post-processing the AP was published with
 * @param normalization of the pictures' bytes; empty for the level's own
 * @param resolution longest side of a picture; empty for the level's own
 */
public record Purpose(
    boolean backbone,
    Convention convention,
    Optional<Normalization> normalization,
    Optional<Integer> resolution) {

  /** A detector with the level's own normalisation. */
  public static Purpose detector(Convention convention) {
    return new Purpose(false, convention, Optional.empty(), Optional.empty());
  }

  /** A classifier's, to be trained on. */
  static Purpose ofBackbone() {
    return new Purpose(true, Convention.GOOGLE, Optional.empty(), Optional.empty());
  }
}
