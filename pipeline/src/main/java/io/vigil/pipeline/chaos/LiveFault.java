package io.vigil.pipeline.chaos;

import io.vigil.events.StreamEvent.Kind;
import java.util.List;
import java.util.Set;

/**
 * Something that happens to a live job, and what has to be told of it.
 *
 * @param what for people
 * @param scope whom it may harm
 * @param story what the status topic tells of whoever is harmed, in this order, among other things
 * @param begin brings it about
 * @param end ends it
 */
record LiveFault(
    String name, String what, Scope scope, List<Set<Kind>> story, Action begin, Action end) {

  /** Whom a fault may harm. */
  enum Scope {
    /** The one camera; others lose no frame. */
    VICTIM,
    /** Nobody: no camera loses a frame. */
    NOBODY,
    /** All cameras: the job is restored. */
    JOB
  }

  /** Does something to the parts. */
  @FunctionalInterface
  interface Action {
    void run(LiveRig rig) throws Exception;
  }
}
