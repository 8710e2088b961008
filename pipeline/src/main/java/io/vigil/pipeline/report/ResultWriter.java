package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent;
import java.nio.file.Path;
import java.util.List;

/** Writes a run's events in a format of other programs, stream after stream. */
interface ResultWriter extends AutoCloseable {

  /**
   * @param name beginning of the stream's file names
   */
  default void startStream(String name) {}

  void write(FrameEvent event);

  default void endStream() {}

  /** Puts the files in their places; the first is the one to name to people. */
  List<Path> finish();

  /** Removes what is not finished. */
  @Override
  void close();
}
