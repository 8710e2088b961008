package io.vigil.connectors.frames.source;

/** Which records of a topic are read by a job that starts without a checkpoint. */
public enum StartAt {
  /** All that are there. */
  EARLIEST,
  /** Those that come from now on. */
  LATEST
}
