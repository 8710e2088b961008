package io.vigil.model.detect;

/**
 * The anchors of a model picture, in the row order of the network's outputs: level, y, x, octave,
 * ratio.
 */
public final class Anchors {
  private Anchors() {}
}
