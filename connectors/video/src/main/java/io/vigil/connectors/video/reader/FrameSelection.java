package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.split.VideoPosition;

/**
 * Which frames are taken. A pure function of the times of the frames until then, so a restored
 * reader takes the same ones.
 */
final class FrameSelection {

  /** What becomes of a frame. */
  enum Choice {
    TAKE,
    BEFORE_START,
    PASS_OVER,
    AT_END
  }

  private final ReadSettings settings;

  FrameSelection(ReadSettings settings) {
    this.settings = settings;
  }

  /**
   * @param seconds from the file's first frame
   */
  Choice choose(double seconds, VideoPosition before) {
    if (seconds >= settings.endSeconds()) {
      return Choice.AT_END;
    }
    if (seconds < settings.startSeconds()) {
      return Choice.BEFORE_START;
    }
    boolean everyFrame = Double.isInfinite(settings.samplingRate());
    return everyFrame || slot(seconds) > before.lastSlot() ? Choice.TAKE : Choice.PASS_OVER;
  }

  /** Number of the sampling interval; 0 if every frame is taken. */
  long slot(double seconds) {
    return Double.isInfinite(settings.samplingRate())
        ? 0
        : SamplingSlots.slot(seconds, settings.samplingRate());
  }
}
