package io.vigil.pipeline.report;

import java.nio.file.Path;
import java.util.List;

/**
 * What a report has become.
 *
 * @param summary for people as text
 * @param summaryFile the same as JSON
 * @param problems videos that could not be read to their end, a sentence each
 */
public record ReportResult(Summary summary, Path summaryFile, List<String> problems) {

  public ReportResult {
    problems = List.copyOf(problems);
  }
}
