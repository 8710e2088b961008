package io.vigil.connectors.kafka.broker;

/**
 * The embedded broker did not start, or died; the message names the thing, the rule, the way out.
 */
public final class BrokerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokerException(String message) {
    super(message);
  }

  public BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
