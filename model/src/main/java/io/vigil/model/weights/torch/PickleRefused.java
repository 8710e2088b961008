package io.vigil.model.weights.torch;

/** What the pickle does that a state_dict does not; the file's name is added further out. */
final class PickleRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PickleRefused(String what) {
    super(what);
  }
}
