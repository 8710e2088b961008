package io.vigil.model.detect;

/**
 * The K best (anchor, class) pairs of one picture as the network ranks them, by score logit,
 * highest first.
 *
 * @param logits K class logits
 * @param classes K class indices, from 0
 * @param anchors K anchor indices in the row order of {@link Anchors}: level, y, x, octave, ratio
 * @param regression K times (ty, tx, th, tw)
 */
public record Candidates(float[] logits, int[] classes, int[] anchors, float[] regression) {

  public int count() {
    return logits.length;
  }
}
