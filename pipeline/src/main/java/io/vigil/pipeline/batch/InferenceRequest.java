package io.vigil.pipeline.batch;

import io.vigil.model.detect.Candidates;

/**
 * A picture that waits for the network. Exactly one of {@link #succeeded}, {@link #failed} and
 * {@link #superseded} is called, once; none, if its owner has been closed.
 */
public interface InferenceRequest {

  /** uint8, [height, width, 3], RGB; read until the request is answered. */
  byte[] rgb();

  int height();

  int width();

  /** Streams take turns. */
  default String stream() {
    return "";
  }

  /** Whether a later picture of the stream may take its place while the device is busy. */
  default boolean isPerishable() {
    return false;
  }

  /**
   * Its batch was closed; comes on a thread of the batcher, before it is answered.
   *
   * @param nanos that it waited for that
   */
  default void batched(long nanos) {}

  /**
   * Comes on a thread of the batcher. Post-processing belongs here: the device has its next batch
   * already.
   */
  void succeeded(Candidates candidates);

  /** This picture failed by itself, not because of its company. On a thread of the batcher. */
  void failed(RuntimeException cause);

  /** Gave way; comes on the owner's thread, from its submission or its flush. */
  default void superseded() {
    throw new IllegalStateException("a picture that does not perish gave way");
  }
}
