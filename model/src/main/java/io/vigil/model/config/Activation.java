package io.vigil.model.config;

/** The non-linearity of a network; one for all of its layers. */
public enum Activation {
  /** x * sigmoid(x); also called SiLU. */
  SWISH,
  /** min(max(x, 0), 6); quantises well. */
  RELU6
}
