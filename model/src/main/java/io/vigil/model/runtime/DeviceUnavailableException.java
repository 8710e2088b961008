package io.vigil.model.runtime;

/**
 * There is no such device, or a library that it needs is missing or of another version: the same
 * will happen at every try until someone mends it. The message says which.
 */
public class DeviceUnavailableException extends DetectorException {
  private static final long serialVersionUID = 1L;

  public DeviceUnavailableException(String message) {
    super(message);
  }

  public DeviceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
