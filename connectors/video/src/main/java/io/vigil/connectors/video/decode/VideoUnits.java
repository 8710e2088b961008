package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_list_parse_str;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_send_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * The units of a video as they are coded, for others to decode: access units in Annex B with their
 * parameters at each key frame, or pictures. Nothing is decoded or coded again.
 *
 * <pre>{@code
 * try (var units = VideoUnits.open(Path.of("street.mp4"), new ReadInterrupt())) {
 *   while (units.next()) {
 *     send(units.unit(), units.pts());  // in the order of decoding
 *   }
 * }
 * }</pre>
 */
public final class VideoUnits implements AutoCloseable {

  private final VideoInput input;
  private final ReadInterrupt interrupt;
  private final UnitCodec codec;
  private final AVBSFContext filter;
  private final AVPacket packet = av_packet_alloc();

  private VideoUnits(
      VideoInput input, ReadInterrupt interrupt, UnitCodec codec, AVBSFContext filter) {
    this.input = input;
    this.interrupt = interrupt;
    this.codec = codec;
    this.filter = filter;
  }

  /**
   * @param interrupt its own from now on
   * @throws VideoException if it is no video whose units can be decoded without their container
   */
  public static VideoUnits open(Path path, ReadInterrupt interrupt) throws VideoException {
    return open(Location.of(path), interrupt);
  }

  /** As the other, of a live stream. */
  public static VideoUnits open(LiveInput live, ReadInterrupt interrupt) throws VideoException {
    return open(Location.of(live), interrupt);
  }

  private static VideoUnits open(Location location, ReadInterrupt interrupt) throws VideoException {
    try {
      var input = VideoInput.open(location, interrupt);
      try {
        var codec = codec(input);
        requireUpright(input);
        return new VideoUnits(input, interrupt, codec, filter(input, codec));
      } catch (VideoException | RuntimeException e) {
        input.close();
        throw e;
      }
    } catch (VideoException | RuntimeException e) {
      interrupt.close();
      throw e;
    }
  }

  private static UnitCodec codec(VideoInput input) throws VideoException {
    return UnitCodec.ofId(input.stream().codecpar().codec_id())
        .orElseThrow(
            () ->
                new VideoException(
                    "%s: its codec is %s, and units as they are can be of jpeg, png, h264 and h265; publish it as jpeg"
                        .formatted(input.name(), input.codecName())));
  }

  /** Only the container says so, and it stays behind. */
  private static void requireUpright(VideoInput input) throws VideoException {
    var parameters = input.stream().codecpar();
    var info = VideoProbe.probe(input);
    if (info.width() != parameters.width() || info.height() != parameters.height()) {
      throw new VideoException(
          "%s: its container says that pictures of %d x %d are shown as %d x %d, which units as they are do not say; publish it as jpeg"
              .formatted(
                  input.name(),
                  parameters.width(),
                  parameters.height(),
                  info.width(),
                  info.height()));
    }
  }

  private static AVBSFContext filter(VideoInput input, UnitCodec codec) throws VideoException {
    var context = new AVBSFContext(null);
    int status = av_bsf_list_parse_str(filters(input, codec), context);
    if (status >= 0) {
      avcodec_parameters_copy(context.par_in(), input.stream().codecpar());
      context.time_base_in(input.stream().time_base());
      status = av_bsf_init(context);
    }
    if (status < 0) {
      av_bsf_free(context);
      throw new VideoException(
          input.name() + ": its units cannot be taken out (" + FFmpeg.errorText(status) + ")");
    }
    return context;
  }

  private static String filters(VideoInput input, UnitCodec codec) {
    if (codec.isStill()) {
      return "null";
    }
    var parameters = input.stream().codecpar();
    // A record of version 1 (ISO/IEC 14496-15); Annex B begins with zeros.
    boolean lengths = parameters.extradata_size() > 0 && parameters.extradata().get(0) == 1;
    var name = codec == UnitCodec.H264 ? "h264" : "hevc";
    return (lengths ? name + "_mp4toannexb," : "") + "dump_extra=freq=keyframe";
  }

  public UnitCodec codec() {
    return codec;
  }

  /** As coded. */
  public int width() {
    return input.stream().codecpar().width();
  }

  /** As coded. */
  public int height() {
    return input.stream().codecpar().height();
  }

  /** Of every pts. */
  public TimeBase timeBase() {
    return Rationals.timeBase(input.stream().time_base());
  }

  /**
   * Goes to the next unit, which the other methods are about until the next call.
   *
   * @return false at the end
   * @throws VideoException if it cannot be read on
   */
  public boolean next() throws VideoException {
    while (true) {
      av_packet_unref(packet);
      if (av_bsf_receive_packet(filter, packet) >= 0) {
        requirePts();
        return true;
      }
      input.awaitFrame();
      int status = input.read();
      if (status == AVERROR_EOF || interrupt.isRaised()) {
        return false;
      }
      if (status < 0) {
        throw new VideoException(
            input.name() + ": cannot be read on (" + input.readFailure(status) + ")");
      }
      av_bsf_send_packet(filter, input.packet());
    }
  }

  private void requirePts() throws VideoException {
    if (packet.pts() == AV_NOPTS_VALUE) {
      throw new VideoException(
          input.name()
              + ": its units have no presentation times; put it into a container, such as"
              + " Matroska, or publish it as jpeg");
    }
  }

  /** The caller's own. */
  public byte[] unit() {
    var bytes = new byte[packet.size()];
    packet.data().get(bytes);
    return bytes;
  }

  /** Presentation time in units of the time base. */
  public long pts() {
    return packet.pts();
  }

  /** Decoding time in units of the time base; the presentation time if it is not told. */
  public long dts() {
    return packet.dts() == AV_NOPTS_VALUE ? packet.pts() : packet.dts();
  }

  /**
   * When the sender took the current frame, by its own clock, milliseconds since 1970; empty for
   * files, and before its first report.
   */
  public OptionalLong senderEpochMillis() {
    return input.senderClock().epochMillis(packet.pts());
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_bsf_free(filter);
    input.close();
    interrupt.close();
  }
}
