package io.vigil.pipeline.report;

/** Told while pictures are drawn, which is the long part of a report. */
@FunctionalInterface
public interface ReportProgress {
  ReportProgress NONE = (streamId, frames) -> {};

  /**
   * @param frames of the stream that have been gone through
   */
  void drawn(String streamId, long frames);
}
