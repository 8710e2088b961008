package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_STREAM;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Tells a whole file from one that was cut off: what FFmpeg takes for an end may be either. */
final class StreamEnd {

  /** Headers round durations, and the last frame's is often missing from them. */
  private static final double TOLERATED_GAP_SECONDS = 1;

  private final VideoInput input;
  private final double declaredSeconds;
  private boolean anyFrame;
  private double endSeconds;
  private boolean lastPacketIncomplete;

  StreamEnd(VideoInput input) {
    this.input = input;
    declaredSeconds = declaredSeconds(input);
  }

  /** Only where an index of the container says so: else FFmpeg guesses from what it sees. */
  private static double declaredSeconds(VideoInput input) {
    var stream = input.stream();
    boolean declared =
        input.format().duration_estimation_method() == AVFMT_DURATION_FROM_STREAM
            && stream.nb_frames() > 0
            && stream.duration() != AV_NOPTS_VALUE;
    return declared ? Rationals.timeBase(stream.time_base()).seconds(stream.duration()) : 0;
  }

  void packetRead(AVPacket packet) {
    lastPacketIncomplete = (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
  }

  /**
   * @param end of the frame, in seconds from the start of the stream
   */
  void frameDecoded(double end) {
    anyFrame = true;
    endSeconds = Math.max(endSeconds, end);
  }

  /**
   * @param readStatus what ended the reading
   * @throws VideoException if the file went on once
   */
  void requireWhole(int readStatus) throws VideoException {
    if (input.location().isLive()) {
      requireEnded(readStatus);
      return;
    }
    if (!anyFrame) {
      throw new VideoException(
          input.name()
              + ": no frame of its video can be decoded; check that it is a complete video file");
    }
    var reason = reason(readStatus);
    if (!reason.isEmpty()) {
      throw new VideoException(
          String.format(
              Locale.ROOT,
              "%s: cut off or damaged at %.2f s%s (%s);"
                  + " the frames before were read, copy the file again for the rest",
              input.name(),
              endSeconds,
              declaredSeconds > 0 ? String.format(Locale.ROOT, " of %.2f s", declaredSeconds) : "",
              reason));
    }
  }

  /** A live stream ends when its sender says so; only then it is whole. */
  private void requireEnded(int readStatus) throws VideoException {
    if (readStatus != AVERROR_EOF) {
      throw new VideoException(input.name() + ": " + input.readFailure(readStatus));
    }
  }

  private String reason(int readStatus) {
    if (readStatus != AVERROR_EOF) {
      return FFmpeg.errorText(readStatus);
    }
    if (lastPacketIncomplete || TransportStream.isCutOff(input)) {
      return "its last packet is incomplete";
    }
    return declaredSeconds - endSeconds > TOLERATED_GAP_SECONDS ? "its data ends there" : "";
  }
}
