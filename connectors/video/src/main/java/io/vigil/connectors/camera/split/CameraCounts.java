package io.vigil.connectors.camera.split;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the frames of a session.
 *
 * @param decoded all of them
 * @param sampling of these, passed over by sampling
 * @param overload of these, dropped because later ones came before they were taken
 * @param letterbox of these, those that could not be converted
 */
public record CameraCounts(long decoded, long sampling, long overload, long letterbox) {

  public static final CameraCounts NONE = new CameraCounts(0, 0, 0, 0);

  /** Reason of a drop: sampling takes fewer. */
  public static final String SAMPLING = "sampling";

  /** Reason of a drop: later frames came before it was taken. */
  public static final String OVERLOAD = "overload";

  /** Stage of a failure. */
  public static final String LETTERBOX = "letterbox";

  public CameraCounts plus(CameraCounts other) {
    return new CameraCounts(
        decoded + other.decoded,
        sampling + other.sampling,
        overload + other.overload,
        letterbox + other.letterbox);
  }

  /** By reason; reasons that did not occur are absent. */
  public SortedMap<String, Long> dropped() {
    var dropped = new TreeMap<String, Long>();
    putIfAny(dropped, SAMPLING, sampling);
    putIfAny(dropped, OVERLOAD, overload);
    return Collections.unmodifiableSortedMap(dropped);
  }

  /** By stage; stages that did not occur are absent. */
  public SortedMap<String, Long> failed() {
    var failed = new TreeMap<String, Long>();
    putIfAny(failed, LETTERBOX, letterbox);
    return Collections.unmodifiableSortedMap(failed);
  }

  private static void putIfAny(SortedMap<String, Long> counts, String key, long count) {
    if (count > 0) {
      counts.put(key, count);
    }
  }
}
