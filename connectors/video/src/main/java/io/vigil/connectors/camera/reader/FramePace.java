package io.vigil.connectors.camera.reader;

import io.vigil.connectors.video.FrameGap;

/** How fast a camera's frames follow each other, and what is missing between two of them. */
final class FramePace {

  /** Of each new distance in the usual one. */
  private static final double WEIGHT = 1.0 / 16;

  private static final long MICROS_PER_MILLI = 1000;

  /** Shorter ones are a lost packet or two, or the camera's own unevenness. */
  private static final long SHORTEST_GAP_MICROS = 1_000_000;

  private static final int FRAMES_OF_A_GAP = 4;

  private long frameMicros;

  /**
   * @param frameMicros usual time between two frames; 0 if not known
   */
  FramePace(long frameMicros) {
    this.frameMicros = frameMicros;
  }

  long frameMicros() {
    return frameMicros;
  }

  /** Whether there were two frames to tell it by. */
  boolean isKnown() {
    return frameMicros != 0;
  }

  /** Takes in a distance between two frames of a session, by its clock. */
  void follow(long micros) {
    if (micros > 0 && !isGap(micros)) {
      frameMicros =
          frameMicros == 0 ? micros : Math.round(frameMicros + WEIGHT * (micros - frameMicros));
    }
  }

  /** Whether frames are missing inside a session. */
  boolean isGap(long micros) {
    return micros > Math.max(SHORTEST_GAP_MICROS, FRAMES_OF_A_GAP * frameMicros);
  }

  /** Of no frames where it is not known. */
  FrameGap gap(long fromEpochMillis, long toEpochMillis) {
    long micros = (toEpochMillis - fromEpochMillis) * MICROS_PER_MILLI;
    long distances = !isKnown() ? 1 : Math.round((double) micros / frameMicros);
    return new FrameGap(fromEpochMillis, toEpochMillis, Math.max(0, distances - 1));
  }
}
