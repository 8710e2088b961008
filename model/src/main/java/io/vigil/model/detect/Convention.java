package io.vigil.model.detect;

/**
 * Whose details are followed where the published EfficientDets differ: the rounding of the scaled
 * picture, and what happens between the network's outputs and the detections.
 */
public enum Convention {
  /** google/automl, evaluation: the default everywhere. */
  GOOGLE,
  /** zylo117/Yet-Another-EfficientDet-Pytorch. */
  ZYLO117,
  /** rwightman/efficientdet-pytorch. */
  EFFDET
}
