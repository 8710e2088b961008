package io.vigil.pipeline.report;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.vigil.connectors.video.decode.TimeBase;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Encodes pictures of one size into an MP4 with its index in front, so that a browser plays it
 * while it loads: H.264, or MPEG-4 where the H.264 encoder does not take the size.
 */
final class Mp4Writer implements AutoCloseable {
  /** Bits a pixel; a detection's thin lines should survive. */
  private static final double BITS_A_PIXEL = 0.2;

  private static final long LEAST_BITS_A_SECOND = 400_000;
  private static final double USUAL_FRAMES_PER_SECOND = 25;

  /** Smaller pictures openh264 takes, and then fails to encode. */
  private static final int SMALLEST_H264 = 16;

  /** MPEG-4 has no finer unit of time. */
  private static final int MPEG4_FINEST = 65_535;

  private final AVFormatContext format;
  private final AVCodecContext encoder;
  private final AVStream stream;
  private final YuvPicture picture;
  private final AVPacket packet = av_packet_alloc();
  private final TimeBase timeBase;
  private long lastPts = -1;
  private boolean closed;

  private Mp4Writer(AVFormatContext format, AVCodecContext encoder, TimeBase timeBase)
      throws IOException {
    this.format = format;
    this.encoder = encoder;
    this.timeBase = timeBase;
    this.stream = avformat_new_stream(format, null);
    this.picture = new YuvPicture(encoder.width(), encoder.height());
    check(avcodec_parameters_from_context(stream.codecpar(), encoder));
    stream.time_base(encoder.time_base()).avg_frame_rate(encoder.framerate());
  }

  /**
   * @param width even
   * @param height even
   * @param timeBase of the pts of {@link #write}
   * @param framesPerSecond on average; 0 if not known
   */
  static Mp4Writer open(Path file, int width, int height, TimeBase timeBase, double framesPerSecond)
      throws IOException {
    double rate = framesPerSecond > 0 ? framesPerSecond : USUAL_FRAMES_PER_SECOND;
    var format = new AVFormatContext(null);
    check(avformat_alloc_output_context2(format, (AVOutputFormat) null, "mp4", file.toString()));
    var encoder = openEncoder(width, height, timeBase, rate);
    var writer = new Mp4Writer(format, encoder, timeBase);
    try {
      writer.writeHeader(file);
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  private static AVCodecContext openEncoder(
      int width, int height, TimeBase timeBase, double framesPerSecond) throws IOException {
    var names =
        Math.min(width, height) < SMALLEST_H264
            ? List.of("mpeg4")
            : List.of("libopenh264", "mpeg4");
    for (var name : names) {
      var codec = avcodec_find_encoder_by_name(name);
      if (codec != null) {
        var encoder = configured(codec, width, height, timeBase, framesPerSecond);
        if (avcodec_open2(encoder, codec, (AVDictionary) null) >= 0) {
          return encoder;
        }
        avcodec_free_context(encoder);
      }
    }
    throw new IOException("no video encoder takes " + width + " x " + height + " pixels");
  }

  private static AVCodecContext configured(
      AVCodec codec, int width, int height, TimeBase timeBase, double framesPerSecond) {
    var encoder = avcodec_alloc_context3(codec);
    var finest = codec.name().getString().equals("mpeg4") ? MPEG4_FINEST : Integer.MAX_VALUE;
    encoder.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
    encoder.time_base(
        timeBase.denominator() <= finest
            ? rational(timeBase.numerator(), timeBase.denominator())
            : rational(1, finest));
    encoder.framerate(rational((int) Math.round(framesPerSecond * 1000), 1000));
    encoder.gop_size((int) Math.max(1, Math.round(2 * framesPerSecond)));
    encoder.bit_rate(
        Math.max(LEAST_BITS_A_SECOND, Math.round(BITS_A_PIXEL * width * height * framesPerSecond)));
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    int colours = YuvPicture.colours(height);
    encoder.color_range(AVCOL_RANGE_MPEG).colorspace(colours);
    encoder.color_primaries(colours).color_trc(colours);
    return encoder;
  }

  private static AVRational rational(int numerator, int denominator) {
    return new AVRational().num(numerator).den(denominator);
  }

  private void writeHeader(Path file) throws IOException {
    var output = new AVIOContext(null);
    check(avio_open(output, file.toString(), AVIO_FLAG_WRITE));
    format.pb(output);
    var options = new AVDictionary(null);
    av_dict_set(options, "movflags", "+faststart", 0);
    int status = avformat_write_header(format, options);
    av_dict_free(options);
    check(status);
  }

  /**
   * @param image TYPE_3BYTE_BGR, of the size opened with
   * @param pts in units of the time base; one that does not rise is moved behind the last
   */
  void write(BufferedImage image, long pts) throws IOException {
    var frame = picture.of(image);
    long rescaled =
        av_rescale(
            pts * timeBase.numerator(),
            encoder.time_base().den(),
            (long) timeBase.denominator() * encoder.time_base().num());
    long rising = Math.max(lastPts + 1, rescaled);
    frame.pts(rising).duration(lastPts < 0 ? 0 : rising - lastPts);
    lastPts = rising;
    encode(frame);
  }

  private void encode(AVFrame frame) throws IOException {
    check(avcodec_send_frame(encoder, frame));
    while (true) {
      int status = avcodec_receive_packet(encoder, packet);
      if (status == AVERROR_EAGAIN() || status == AVERROR_EOF) {
        return;
      }
      check(status);
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      packet.stream_index(stream.index());
      check(av_interleaved_write_frame(format, packet));
      check(format.pb().error());
    }
  }

  /** Writes what is left; the file is whole then. */
  void finish() throws IOException {
    encode(null);
    check(av_write_trailer(format));
    var output = format.pb();
    int error = output.error();
    format.pb(null);
    check(Math.min(error, avio_close(output)));
  }

  private static void check(int status) throws IOException {
    if (status < 0) {
      var text = new byte[128];
      av_strerror(status, text, text.length);
      throw new IOException(new String(text, StandardCharsets.UTF_8).replaceFirst("\0.*", ""));
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (format.pb() != null) {
        avio_close(format.pb());
      }
      av_packet_free(packet);
      picture.close();
      avcodec_free_context(encoder);
      avformat_free_context(format);
    }
  }
}
