package io.vigil.model.weights.tensorflow;

/** What is wrong with an index; the file's name is added further out. */
final class BrokenIndexException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenIndexException(String what, Object... arguments) {
    super(what.formatted(arguments));
  }
}
