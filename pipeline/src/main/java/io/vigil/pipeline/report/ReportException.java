package io.vigil.pipeline.report;

/**
 * A part of the report that could not be made; the message names the file, why, and the way out.
 */
public final class ReportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReportException(String message) {
    super(message);
  }

  public ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
