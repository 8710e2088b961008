package io.vigil.model.train;

/** Training cannot go on; the message names what is wrong and the way out. */
public class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
