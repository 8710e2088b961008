package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_OUTPUT_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Packets to frames. With one thread a packet that cannot be decoded is passed over, and damage is
 * concealed, as ffprobe and players do. With several the decoder stops at the first damage: what it
 * would conceal depends on which thread was faster, and the same file must give the same pixels. It
 * may also stop when one of more than seven other decoders of the process meets damage ({@link
 * FFmpeg#nextLevelOffset}).
 */
final class FrameReader implements AutoCloseable {

  /** What a step gave. */
  enum Step {
    FRAME,
    END,
    DAMAGE
  }

  /** A decoder that only fails while it is drained would go on for ever. */
  private static final int MAX_ERRORS_WHILE_DRAINING = 1000;

  private final VideoInput input;
  private final StreamEnd end;
  private final AVCodecContext codec;
  private final boolean tolerant;
  private final long complaintsBefore;
  private int readStatus;
  private int errorsWhileDraining;
  private long nanosOfReading;

  private FrameReader(VideoInput input, StreamEnd end, AVCodecContext codec, boolean tolerant) {
    this.input = input;
    this.end = end;
    this.codec = codec;
    this.tolerant = tolerant;
    this.complaintsBefore = complaints();
  }

  private long complaints() {
    return FFmpeg.complaints(codec.log_level_offset());
  }

  /**
   * @param threads of the codec; 0 for one a core and one more
   */
  static FrameReader open(VideoInput input, StreamEnd end, int threads) throws VideoException {
    var parameters = input.stream().codecpar();
    var codec = avcodec_alloc_context3(input.decoder());
    int status = avcodec_parameters_to_context(codec, parameters);
    codec.pkt_timebase(input.stream().time_base());
    configure(codec, threads, input.location().isLive());
    status = Math.min(status, avcodec_open2(codec, input.decoder(), (AVDictionary) null));
    if (status < 0) {
      avcodec_free_context(codec);
      throw new VideoException(
          String.format(
              "%s: the decoder of %s does not start (%s); check that it is a complete video file",
              input.name(), input.codecName(), FFmpeg.errorText(status)));
    }
    return new FrameReader(input, end, codec, threads == 1);
  }

  private static void configure(AVCodecContext codec, int threads, boolean live) {
    codec.thread_count(threads);
    if (threads != 1) {
      codec.log_level_offset(FFmpeg.nextLevelOffset());
      codec.err_recognition(codec.err_recognition() | AV_EF_EXPLODE);
    }
    if (codec.codec_id() == AV_CODEC_ID_HEVC && !live) {
      // From FFmpeg 7 on frames behind damage are held back by default, which ffprobe 5 counts.
      codec.flags(codec.flags() | AV_CODEC_FLAG_OUTPUT_CORRUPT);
    }
  }

  /**
   * @return END whatever it was that ended the file; DAMAGE only with several threads, and then
   *     always
   */
  Step next(AVFrame frame) {
    while (true) {
      int status = avcodec_receive_frame(codec, frame);
      if (!tolerant && complaints() != complaintsBefore) {
        return Step.DAMAGE;
      }
      if (status >= 0) {
        return Step.FRAME;
      }
      if (status == AVERROR_EOF || errorsWhileDraining > MAX_ERRORS_WHILE_DRAINING) {
        return Step.END;
      }
      boolean fine = status == AVERROR_EAGAIN() ? feed() : tolerates();
      if (!fine) {
        return Step.DAMAGE;
      }
    }
  }

  /** Spent so far on reading packets, and waiting for them. */
  long nanosOfReading() {
    return nanosOfReading;
  }

  private boolean feed() {
    long start = System.nanoTime();
    readStatus = input.read();
    nanosOfReading += System.nanoTime() - start;
    if (isDraining()) {
      avcodec_send_packet(codec, (AVPacket) null);
      return true;
    }
    end.packetRead(input.packet());
    boolean whole = (input.packet().flags() & AV_PKT_FLAG_CORRUPT) == 0;
    boolean sent = avcodec_send_packet(codec, input.packet()) >= 0;
    return whole && sent || tolerates();
  }

  private boolean tolerates() {
    errorsWhileDraining += isDraining() ? 1 : 0;
    return tolerant;
  }

  private boolean isDraining() {
    return readStatus < 0;
  }

  /** What ended the reading: AVERROR_EOF or an error; 0 before the end. */
  int readStatus() {
    return readStatus;
  }

  /**
   * Goes on from a key frame at or before the timestamp; frames that need ones before it may be
   * missing or wrong.
   */
  boolean seek(long timestamp) {
    if (input.seek(timestamp) < 0) {
      return false;
    }
    avcodec_flush_buffers(codec);
    readStatus = 0;
    return true;
  }

  @Override
  public void close() {
    avcodec_free_context(codec);
  }
}
