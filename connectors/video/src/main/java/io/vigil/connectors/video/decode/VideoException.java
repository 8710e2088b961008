package io.vigil.connectors.video.decode;

import java.io.IOException;

/** A video that cannot be opened or read on; the message names the file, the rule, the way out. */
public final class VideoException extends IOException {

  private static final long serialVersionUID = 1L;

  public VideoException(String message) {
    super(message);
  }

  public VideoException(String message, Throwable cause) {
    super(message, cause);
  }
}
