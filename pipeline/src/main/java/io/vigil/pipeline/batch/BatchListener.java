package io.vigil.pipeline.batch;

/** Hears of an owner's batches, on a thread of the batcher; must not block. */
public interface BatchListener {

  /** Some of the owner's requests have been answered. */
  void answered(BatchReport report);

  /** The detector is broken, not a picture: nothing more will be answered. */
  void broken(RuntimeException cause);
}
