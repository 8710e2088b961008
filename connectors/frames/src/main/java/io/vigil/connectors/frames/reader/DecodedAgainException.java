package io.vigil.connectors.frames.reader;

/** Decoding again has not given the frames that were emitted before. */
final class DecodedAgainException extends Exception {

  private static final long serialVersionUID = 1L;

  DecodedAgainException(String message) {
    super(message);
  }
}
