package io.vigil.model.train;

/**
 * What a picture's anchors are to learn.
 *
 * @param classes of each anchor, or {@link #BACKGROUND} or {@link #IGNORED}
 * @param boxes ty, tx, th, tw of each anchor that has a class, else 0; row-major [anchors, 4]
 * @param positives anchors that have a class
 */
public record Targets(int[] classes, float[] boxes, int positives) {

  /** No object: every class is to be denied. */
  public static final int BACKGROUND = -1;

  /** Neither object nor background: nothing is learned there. */
  public static final int IGNORED = -2;
}
