package io.vigil.pipeline.batch;

import io.vigil.model.detect.Candidates;

/**
 * A picture that waits for the network. Exactly one of {@link #succeeded} and {@link #failed} is
 * called, once, on a thread of the batcher; neither, if its owner has been closed.
 */
public interface InferenceRequest {

  /** uint8, [height, width, 3], RGB; read until the request is answered. */
  byte[] rgb();

  int height();

  int width();

  /** Post-processing belongs here: the device has its next batch already. */
  void succeeded(Candidates candidates);

  /** This picture failed by itself, not because of its company. */
  void failed(RuntimeException cause);
}
