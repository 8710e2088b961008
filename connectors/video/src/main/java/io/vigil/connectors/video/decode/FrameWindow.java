package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;

import io.vigil.connectors.video.decode.FrameReader.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Holds frames of a decoder with several threads back until nothing can be wrong with them any
 * more. Not all damage is an error to the decoder: a picture that ends early is concealed, and only
 * marked; by then frames may be out that are displayed before it and made from it. There are never
 * more of those than the stream reorders.
 */
final class FrameWindow implements AutoCloseable {

  private final FrameReader reader;
  private final Deque<AVFrame> held = new ArrayDeque<>();

  FrameWindow(FrameReader reader) {
    this.reader = reader;
  }

  /**
   * @return DAMAGE if a frame not yet returned is, or may be, concealed
   */
  Step next(AVFrame frame, StreamEnd end) {
    while (held.size() <= reader.reorderedFrames()) {
      var step = hold();
      if (step == Step.DAMAGE) {
        return step;
      }
      if (step == Step.END) {
        return atEnd(frame, end);
      }
    }
    return release(frame);
  }

  private Step hold() {
    var frame = av_frame_alloc();
    var step = reader.next(frame);
    if (step != Step.FRAME || frame.decode_error_flags() != 0) {
      av_frame_free(frame);
      return step == Step.END ? step : Step.DAMAGE;
    }
    held.addLast(frame);
    return step;
  }

  /** The mark comes too late for the last frames. */
  private Step atEnd(AVFrame frame, StreamEnd end) {
    if (end.isInsidePacket(reader.readStatus())) {
      return Step.DAMAGE;
    }
    return held.isEmpty() ? Step.END : release(frame);
  }

  private Step release(AVFrame frame) {
    var first = held.removeFirst();
    av_frame_move_ref(frame, first);
    av_frame_free(first);
    return Step.FRAME;
  }

  void clear() {
    held.forEach(frame -> av_frame_free(frame));
    held.clear();
  }

  @Override
  public void close() {
    clear();
  }
}
