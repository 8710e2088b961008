package io.vigil.pipeline.report;

/** Told while a report is made. */
@FunctionalInterface
public interface ReportProgress {
  ReportProgress NONE = (streamId, frames) -> {};

  /**
   * May throw to stop the report; whole files stay, and no half of one.
   *
   * @param frames of the stream whose pictures have been gone through; 0 while its events are
   */
  void drawn(String streamId, long frames);
}
