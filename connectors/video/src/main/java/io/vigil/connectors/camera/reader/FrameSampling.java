package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.reader.SamplingSlots;

/** Which frames of a session are taken: every n-th, and of these at most so many a second. */
final class FrameSampling {

  private final int everyNth;
  private final double mostFramesPerSecond;
  private long lastSlot = -1;

  FrameSampling(CameraDefinition camera) {
    everyNth = camera.everyNth();
    mostFramesPerSecond = camera.mostFramesPerSecond();
  }

  /**
   * @param seq of the frame
   * @param seconds from the session's first frame
   */
  boolean takes(long seq, double seconds) {
    if (seq % everyNth != 0) {
      return false;
    }
    if (Double.isInfinite(mostFramesPerSecond)) {
      return true;
    }
    long slot = SamplingSlots.slot(seconds, mostFramesPerSecond);
    // Its time begins again where a camera sets its clock back.
    boolean takes = slot != lastSlot;
    lastSlot = slot;
    return takes;
  }
}
