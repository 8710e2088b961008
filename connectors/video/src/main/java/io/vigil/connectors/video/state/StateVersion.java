package io.vigil.connectors.video.state;

import java.io.IOException;

/** Which forms of a state in a checkpoint can be read. */
public final class StateVersion {

  private StateVersion() {}

  /**
   * @param thing that was stored, such as {@code video split}
   * @throws IOException if it was stored in a form that is newer than the newest known
   */
  public static void require(String thing, int found, int newest) throws IOException {
    if (found < 1 || found > newest) {
      throw new IOException(
          "%s of version %d: this Vigil reads version %s; restore with the Vigil that wrote the checkpoint"
              .formatted(thing, found, newest == 1 ? "1" : "1 to " + newest));
    }
  }
}
