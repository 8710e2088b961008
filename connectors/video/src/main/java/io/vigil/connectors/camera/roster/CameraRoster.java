package io.vigil.connectors.camera.roster;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * Which cameras there are, for as long as the job runs. It goes with the job to where cameras are
 * dealt out, and is looked at there.
 */
public interface CameraRoster extends Serializable {

  /** What people call it: a file's path, a topic's name. */
  String name();

  /** Between two looks; empty if one look is enough, as it never changes. */
  Optional<Duration> interval();

  /** Opens it; does not wait for anything. */
  Look open();

  /** Looks whether it has changed. Used by one thread at a time. */
  interface Look extends AutoCloseable {

    /**
     * @return all cameras; empty if nothing has changed since the last time
     * @throws IOException if it cannot be looked at, or is not to be understood as a whole; the
     *     message is for people
     */
    Optional<Listing> look() throws IOException;

    @Override
    void close();
  }
}
