package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.javacpp.IntPointer;

/** What the header of an opened file says. */
final class VideoProbe {

  private VideoProbe() {}

  static VideoInfo probe(VideoInput input) {
    var stream = input.stream();
    var parameters = stream.codecpar();
    var aspect = av_guess_sample_aspect_ratio(input.format(), stream, null);
    var geometry =
        DisplayGeometry.of(
            parameters.width(),
            parameters.height(),
            aspect.num(),
            aspect.den(),
            orientation(parameters));
    double rate = Rationals.value(av_guess_frame_rate(input.format(), stream, null));
    double seconds = seconds(input);
    long frames = stream.nb_frames() > 0 ? stream.nb_frames() : Math.round(seconds * rate);
    return new VideoInfo(
        input.codecName(),
        input.container(),
        geometry.width(),
        geometry.height(),
        rate,
        seconds,
        frames);
  }

  private static Orientation orientation(AVCodecParameters parameters) {
    var matrix =
        av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            AV_PKT_DATA_DISPLAYMATRIX);
    return matrix == null
        ? Orientation.UPRIGHT
        : Orientation.ofDisplayMatrix(new IntPointer(matrix.data()));
  }

  private static double seconds(VideoInput input) {
    var stream = input.stream();
    if (stream.duration() != AV_NOPTS_VALUE) {
      return Rationals.timeBase(stream.time_base()).seconds(stream.duration());
    }
    long duration = input.format().duration();
    return duration == AV_NOPTS_VALUE ? 0 : (double) duration / AV_TIME_BASE;
  }
}
