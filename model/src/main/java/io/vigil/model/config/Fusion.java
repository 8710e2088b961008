package io.vigil.model.config;

/** How a BiFPN node joins its inputs; "EfficientDet", section 3.3. */
public enum Fusion {
  /** Fast normalised fusion: sum_i relu(w_i) x_i / (sum_i relu(w_i) + epsilon). */
  WEIGHTED,
  /** A plain sum. */
  SUM
}
