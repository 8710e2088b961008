package io.vigil.connectors.video.reader;

/** How many threads decode one file, on the machine that reads it. */
public enum DecoderThreads {
  /** For where nothing else wants the cores: a network on a GPU, or none. */
  EVERY_CORE,
  /**
   * For where a network runs on the same cores. It waits at every operation for the slowest of its
   * threads, so decoding that takes several cores at once costs it several times what is decoded;
   * and it is so much slower that a quarter of the cores feed it.
   */
  QUARTER_OF_CORES;

  /** As FFmpeg takes it: 0 is one a core and one more. */
  int count() {
    return switch (this) {
      case EVERY_CORE -> 0;
      case QUARTER_OF_CORES -> Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
    };
  }
}
