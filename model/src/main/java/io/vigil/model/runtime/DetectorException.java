package io.vigil.model.runtime;

/**
 * The network could not be loaded or run; the message names the model, the device and the reason.
 */
public class DetectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DetectorException(String message) {
    super(message);
  }

  public DetectorException(String message, Throwable cause) {
    super(message, cause);
  }
}
