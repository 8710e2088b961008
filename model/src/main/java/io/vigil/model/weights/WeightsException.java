package io.vigil.model.weights;

/**
 * Weights could not be read or do not fit; the message names the file, the rule and the way out.
 */
public class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
