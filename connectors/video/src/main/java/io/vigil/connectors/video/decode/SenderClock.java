package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * The sender's wall clock, as its RTCP sender reports tell it (RFC 3550, 6.4.1). Of the first
 * report FFmpeg keeps the time at pts 0. From then on it puts on each packet the time at which that
 * was sampled, so that the clock can be followed where it runs otherwise than the pts do; but where
 * a parser stands between, the time is that of the packet behind.
 */
final class SenderClock {

  private static final double MICROS_PER_SECOND = 1e6;
  private static final long MICROS_PER_MILLI = 1000;

  /** Far more than clocks drift; a clock that is set is followed in a while, without a jump. */
  private static final long MOST_MICROS_PER_PACKET = 1000;

  private final AVFormatContext format;
  private final TimeBase timeBase;
  private boolean known;

  /** Wall clock at pts 0, microseconds since 1970. */
  private long epochMicrosAtZero;

  private long lastWallClock;

  SenderClock(AVFormatContext format, TimeBase timeBase) {
    this.format = format;
    this.timeBase = timeBase;
  }

  void packetRead(AVPacket packet) {
    try (var size = new SizeTPointer(1)) {
      var data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, size);
      if (data != null && !data.isNull() && packet.pts() != AV_NOPTS_VALUE) {
        follow(new AVProducerReferenceTime(data).wallclock(), micros(packet.pts()));
      }
    }
  }

  private void follow(long wallClock, long ptsMicros) {
    if (!known) {
      epochMicrosAtZero = format.start_time_realtime();
      known = epochMicrosAtZero != AV_NOPTS_VALUE;
    } else if (lastWallClock != 0) {
      long own = wallClock - ptsMicros - epochMicrosAtZero;
      long ofPacketBefore = lastWallClock - ptsMicros - epochMicrosAtZero;
      long error = Math.abs(own) < Math.abs(ofPacketBefore) ? own : ofPacketBefore;
      epochMicrosAtZero +=
          Math.max(-MOST_MICROS_PER_PACKET, Math.min(MOST_MICROS_PER_PACKET, error));
    }
    lastWallClock = wallClock;
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
