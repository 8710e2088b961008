package io.vigil.model.evaluate;

/** Something cannot be evaluated; the message names the file, the rule and the way out. */
public class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EvaluationException(String message) {
    super(message);
  }

  public EvaluationException(String message, Throwable cause) {
    super(message, cause);
  }
}
