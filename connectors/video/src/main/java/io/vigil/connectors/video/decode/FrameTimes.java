package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Presentation times; a frame without one follows the frame before by that one's length. */
final class FrameTimes {

  private final TimeBase timeBase;
  private final long startPts;
  private final long usualDuration;
  private long expectedPts;

  FrameTimes(VideoInput input) {
    var stream = input.stream();
    timeBase = Rationals.timeBase(stream.time_base());
    startPts = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    double rate = Rationals.value(stream.avg_frame_rate());
    usualDuration = rate > 0 ? Math.max(1, timeBase.units(1 / rate)) : 1;
    reset();
  }

  void reset() {
    expectedPts = startPts;
  }

  TimeBase timeBase() {
    return timeBase;
  }

  long next(AVFrame frame) {
    long timestamp = frame.best_effort_timestamp();
    long pts = timestamp == AV_NOPTS_VALUE ? expectedPts : timestamp;
    expectedPts = pts + duration(frame);
    return pts;
  }

  private long duration(AVFrame frame) {
    return frame.duration() > 0 ? frame.duration() : usualDuration;
  }

  /** Where the frame ends, in seconds from the start of the stream. */
  double endSeconds(long pts, AVFrame frame) {
    return timeBase.seconds(pts + duration(frame) - startPts);
  }
}
