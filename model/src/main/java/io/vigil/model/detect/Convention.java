package io.vigil.model.detect;

/**
 * Whose details are followed where the published EfficientDets differ: the rounding of the scaled
 * picture, and what happens between the network's outputs and the detections.
 */
public enum Convention {
  /** google/automl, evaluation: the default everywhere. */
  GOOGLE,
  /** google/automl, exported models: the best class of each anchor, suppressed over all classes. */
  GOOGLE_EXPORT,
  /** zylo117/Yet-Another-EfficientDet-Pytorch. */
  ZYLO117,
  /** rwightman/efficientdet-pytorch. */
  EFFDET;

  /**
   * Whether an anchor can be one detection only, of its best class. Where it can be several, the
   * reference ranks no more than {@link DetectionSettings#REFERENCE_PAIRS} pairs of a picture.
   */
  public boolean bestClassOnly() {
    return this == GOOGLE_EXPORT || this == ZYLO117;
  }

  /** Whether boxes suppress those of other classes unless told otherwise. */
  public boolean classAgnostic() {
    return this == GOOGLE_EXPORT;
  }
}
