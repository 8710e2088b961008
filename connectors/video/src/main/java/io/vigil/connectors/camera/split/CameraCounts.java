package io.vigil.connectors.camera.split;

import io.vigil.connectors.video.split.FrameReasons;
import java.util.SortedMap;

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

  public CameraCounts plus(CameraCounts other) {
    return new CameraCounts(
        decoded + other.decoded,
        sampling + other.sampling,
        overload + other.overload,
        letterbox + other.letterbox);
  }

  /** By reason; reasons that did not occur are absent. */
  public SortedMap<String, Long> dropped() {
    return FrameReasons.counts(FrameReasons.SAMPLING, sampling, FrameReasons.OVERLOAD, overload);
  }

  /** By stage; stages that did not occur are absent. */
  public SortedMap<String, Long> failed() {
    return FrameReasons.counts(FrameReasons.LETTERBOX, letterbox);
  }
}
