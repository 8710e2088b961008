package io.vigil.connectors.video.split;

import java.util.SortedMap;

/**
 * What became of the frames that were decoded and not emitted as frames.
 *
 * @param sampling passed over by sampling
 * @param range before the start of the time range
 * @param letterbox could not be converted
 */
public record FrameCounts(long sampling, long range, long letterbox) {

  public static final FrameCounts NONE = new FrameCounts(0, 0, 0);

  public FrameCounts oneMoreBySampling() {
    return new FrameCounts(sampling + 1, range, letterbox);
  }

  public FrameCounts oneMoreByRange() {
    return new FrameCounts(sampling, range + 1, letterbox);
  }

  public FrameCounts oneMoreFailedLetterbox() {
    return new FrameCounts(sampling, range, letterbox + 1);
  }

  /** By reason; reasons that did not occur are absent. */
  public SortedMap<String, Long> dropped() {
    return FrameReasons.counts(FrameReasons.SAMPLING, sampling, FrameReasons.RANGE, range);
  }

  /** By stage; stages that did not occur are absent. */
  public SortedMap<String, Long> failed() {
    return FrameReasons.counts(FrameReasons.LETTERBOX, letterbox);
  }
}
