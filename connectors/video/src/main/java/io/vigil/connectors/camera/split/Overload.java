package io.vigil.connectors.camera.split;

/** What happens to frames that come faster than they are taken. */
public enum Overload {
  /** The oldest frame that waits is dropped, so latency stays bounded. */
  LATEST,
  /** The camera waits; what its server does then is the server's affair. */
  BLOCK
}
