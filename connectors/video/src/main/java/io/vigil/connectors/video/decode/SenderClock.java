package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * The sender's wall clock, as its RTCP sender reports tell it: FFmpeg puts on each packet the time
 * at which it was sampled (RFC 3550, 6.4.1).
 */
final class SenderClock {

  private static final double MICROS_PER_SECOND = 1e6;
  private static final long MICROS_PER_MILLI = 1000;

  private final TimeBase timeBase;
  private boolean known;

  /** Wall clock at pts 0, microseconds since 1970. */
  private long epochMicrosAtZero;

  SenderClock(TimeBase timeBase) {
    this.timeBase = timeBase;
  }

  void packetRead(AVPacket packet) {
    try (var size = new SizeTPointer(1)) {
      var data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, size);
      if (data != null && !data.isNull() && packet.pts() != AV_NOPTS_VALUE) {
        epochMicrosAtZero = new AVProducerReferenceTime(data).wallclock() - micros(packet.pts());
        known = true;
      }
    }
  }

  /** Empty before the first report. */
  OptionalLong epochMillis(long pts) {
    return known
        ? OptionalLong.of(Math.floorDiv(epochMicrosAtZero + micros(pts), MICROS_PER_MILLI))
        : OptionalLong.empty();
  }

  private long micros(long pts) {
    return Math.round(timeBase.seconds(pts) * MICROS_PER_SECOND);
  }
}
