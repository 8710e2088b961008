package io.vigil.model.train;

/** A loss, a gradient or a weight is infinite or no number. */
public final class NoNumberException extends TrainingException {
  private static final long serialVersionUID = 1;

  NoNumberException(String message) {
    super(message);
  }

  NoNumberException(String message, Throwable cause) {
    super(message, cause);
  }
}
