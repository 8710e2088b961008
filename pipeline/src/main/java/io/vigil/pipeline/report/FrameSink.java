package io.vigil.pipeline.report;

import io.vigil.events.FrameEvent.DetectedObject;
import java.awt.image.BufferedImage;
import java.util.List;

/** Takes the frames of one stream that it wants, in their order. */
interface FrameSink {

  /**
   * @param detected whether it has an event: it may have been left out of a run, or failed
   */
  boolean wants(long seq, boolean detected);

  void frame(Frame frame);

  /**
   * @param pts in units of the decoder's time base
   * @param picture as displayed, TYPE_3BYTE_BGR; not to be drawn on
   * @param detections none where the frame has no event
   */
  record Frame(
      long seq, long pts, double seconds, BufferedImage picture, List<DetectedObject> detections) {}
}
