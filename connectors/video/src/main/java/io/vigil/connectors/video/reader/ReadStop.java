package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.decode.ReadInterrupt;

/**
 * Ends what a source reader reads, from the thread that closes it. A read that hangs in the kernel,
 * as of a dead network mount, nobody can end; it is not waited for, and ends behind it.
 */
final class ReadStop {
  private ReadInterrupt latest;
  private boolean raised;

  /** For the next decoder, which is the only one open. */
  synchronized ReadInterrupt interrupt() {
    latest = new ReadInterrupt();
    if (raised) {
      latest.raise();
    }
    return latest;
  }

  /** From now on every read of the reader fails. */
  synchronized void raise() {
    raised = true;
    if (latest != null) {
      latest.raise();
    }
  }

  synchronized boolean isRaised() {
    return raised;
  }
}
