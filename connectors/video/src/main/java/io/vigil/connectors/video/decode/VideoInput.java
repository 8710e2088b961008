package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_get_media_type_string;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/** The packets of one video stream of an opened file, in the order of the file. */
final class VideoInput implements AutoCloseable {

  private final Location location;
  private final ReadInterrupt interrupt;
  private final AVFormatContext format;
  private final AVPacket packet = av_packet_alloc();
  private AVStream stream;
  private SenderClock senderClock;
  private AVCodec decoder;
  private boolean begun;

  private VideoInput(Location location, ReadInterrupt interrupt, AVFormatContext format) {
    this.location = location;
    this.interrupt = interrupt;
    this.format = format;
  }

  static VideoInput open(Location location, ReadInterrupt interrupt) throws VideoException {
    if (location.file() != null) {
      FileCheck.requireReadableFile(location.file());
    }
    FFmpeg.load();
    var format = avformat_alloc_context();
    interrupt.installIn(format);
    if (location.isLive()) {
      interrupt.endIn(location.live().connectTimeout());
    }
    openFormat(location, interrupt, format);
    var input = new VideoInput(location, interrupt, format);
    try {
      input.chooseStream();
      return input;
    } catch (VideoException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static void openFormat(Location location, ReadInterrupt interrupt, AVFormatContext format)
      throws VideoException {
    var options = options(location);
    FFmpeg.forgetCertificate();
    try (var url = new BytePointer(location.url(), StandardCharsets.UTF_8)) {
      // On an error it frees the context.
      int status = avformat_open_input(format, url, null, options);
      if (status < 0) {
        throw new VideoException(
            location.isLive()
                ? LiveErrors.notOpened(location.live(), interrupt, status)
                : location.name()
                    + ": not a video that FFmpeg can read ("
                    + FFmpeg.errorText(status)
                    + "); check that it is a complete video file");
      }
    } finally {
      av_dict_free(options);
    }
  }

  private static AVDictionary options(Location location) {
    var options = new AVDictionary(null);
    av_dict_set(options, "protocol_whitelist", location.protocols(), 0);
    if (location.isLive()) {
      location.live().options().forEach((name, value) -> av_dict_set(options, name, value, 0));
    }
    return options;
  }

  private void chooseStream() throws VideoException {
    Containers.requireVideo(name(), format);
    if (location.isLive() && Containers.tellsNoTimes(format)) {
      format.use_wallclock_as_timestamps(1);
    }
    int status = avformat_find_stream_info(format, (AVDictionary) null);
    int best = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (location.isLive() && interrupt.isOverdue()) {
      throw new VideoException(LiveErrors.notOpened(location.live(), interrupt, status));
    }
    if (best < 0 || isCover(best)) {
      throw new VideoException(noVideoStream(status));
    }
    stream = format.streams(best);
    senderClock = new SenderClock(format, Rationals.timeBase(stream.time_base()));
    decoder = avcodec_find_decoder(stream.codecpar().codec_id());
    if (decoder == null) {
      throw new VideoException(
          name() + ": no decoder for its codec, " + codecName() + "; convert it to H.264");
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      if (i != best) {
        format.streams(i).discard(AVDISCARD_ALL);
      }
    }
  }

  private boolean isCover(int index) {
    return (format.streams(index).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
  }

  private String noVideoStream(int status) {
    var streams = new ArrayList<String>();
    for (int i = 0; i < format.nb_streams(); i++) {
      var parameters = format.streams(i).codecpar();
      var type = av_get_media_type_string(parameters.codec_type());
      streams.add(
          (type == null ? "unknown" : type.getString())
              + " "
              + avcodec_get_name(parameters.codec_id()).getString()
              + (isCover(i) ? " (a cover picture)" : ""));
    }
    var found = streams.isEmpty() ? "no streams at all" : String.join(", ", streams);
    var reason = status < 0 ? "; " + FFmpeg.errorText(status) : "";
    return name()
        + ": no video stream (it has "
        + found
        + reason
        + "); name "
        + (location.isLive() ? "the path of one" : "a file")
        + " with video";
  }

  Location location() {
    return location;
  }

  String name() {
    return location.name();
  }

  AVFormatContext format() {
    return format;
  }

  AVStream stream() {
    return stream;
  }

  AVCodec decoder() {
    return decoder;
  }

  SenderClock senderClock() {
    return senderClock;
  }

  String codecName() {
    int id = stream.codecpar().codec_id();
    return id == AV_CODEC_ID_NONE ? "an unknown one" : avcodec_get_name(id).getString();
  }

  /** FFmpeg's name of the container, such as {@code mov,mp4,m4a,3gp,3g2,mj2}. */
  String container() {
    return format.iformat().name().getString();
  }

  /**
   * Reads the stream's next packet into {@link #packet()}.
   *
   * @return 0, or FFmpeg's error; AVERROR_EOF at the end
   */
  int read() {
    while (true) {
      av_packet_unref(packet);
      if (interrupt.isOverdue()) {
        return AVERROR_EXIT();
      }
      int status = av_read_frame(format, packet);
      if (status < 0) {
        return status;
      }
      if (packet.stream_index() == stream.index()) {
        timeFirst();
        senderClock.packetRead(packet);
        return 0;
      }
    }
  }

  /** RTP's times count from its first packet, whose own FFmpeg leaves out. */
  private void timeFirst() {
    if (location.isLive() && !begun && packet.pts() == AV_NOPTS_VALUE) {
      packet.pts(0);
    }
    begun = true;
  }

  /** For a live stream: {@link #read} fails from when that would be too late for a frame. */
  void awaitFrame() {
    if (location.isLive()) {
      interrupt.endIn(location.live().readTimeout());
    }
  }

  /** Why {@link #read} failed with that status. */
  String readFailure(int status) {
    return location.isLive()
        ? LiveErrors.notReadOn(location.live(), interrupt, status)
        : FFmpeg.errorText(status);
  }

  AVPacket packet() {
    return packet;
  }

  /**
   * Goes to a key frame at or before the timestamp.
   *
   * @return less than 0 if the container cannot
   */
  int seek(long timestamp) {
    return avformat_seek_file(
        format, stream.index(), Long.MIN_VALUE, timestamp, timestamp, AVSEEK_FLAG_BACKWARD);
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avformat_close_input(format);
  }
}
