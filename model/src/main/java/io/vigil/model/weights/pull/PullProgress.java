package io.vigil.model.weights.pull;

/** Told how many bytes of a file are there, often. */
@FunctionalInterface
public interface PullProgress {

  void at(long bytes);
}
