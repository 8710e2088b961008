package io.vigil.model.runtime;

/** The device has no memory for a batch of this size; a smaller one may fit. */
public class DeviceOutOfMemoryException extends DetectorException {
  private static final long serialVersionUID = 1L;

  public DeviceOutOfMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
