package io.vigil.testvideos;

import java.util.List;
import java.util.stream.Stream;

/**
 * A tiny clip that is unusual in one way.
 *
 * @param frames that decode
 * @param width as displayed
 * @param height as displayed
 * @param arguments of ffmpeg
 */
record Variant(
    String file,
    String what,
    Content content,
    int frames,
    int width,
    int height,
    List<String> arguments) {

  /** Counter-clockwise; ffmpeg writes it only when it copies a stream. */
  int rotation() {
    return file.equals("rotated90.mp4") ? 270 : 0;
  }

  enum Content {
    STREET,
    BARS
  }

  private static final int FRAMES = 48;
  private static final int WIDTH = 160;
  private static final int HEIGHT = 90;

  static List<Variant> all() {
    return List.of(
        street("open_gop_h264.mp4", "H.264, open GOPs of 12", h264("open-gop=1")),
        street("closed_gop_h264.mp4", "H.264, closed GOPs of 12", h264("open-gop=0")),
        street("open_gop_h265.mp4", "H.265, open GOPs of 12", h265("yuv420p", "open-gop=1")),
        street("closed_gop_h265.mp4", "H.265, closed GOPs of 12", h265("yuv420p", "open-gop=0")),
        street("h265_10bit.mp4", "H.265, 10 bit", h265("yuv420p10le", "open-gop=1")),
        street("vfr.mp4", "variable frame rate", with(vfr(), h264("open-gop=1"))),
        street("mpegts.ts", "MPEG-TS", h264("open-gop=1")),
        street("raw.h264", "no container, so no timestamps", h264("open-gop=1")),
        street("mjpeg.avi", "Motion JPEG, full range", mjpeg()),
        street("duplicate_pts.mkv", "two frames for every timestamp", duplicatePts()),
        street("gray.mp4", "no colour", with(h264("open-gop=0"), List.of("-pix_fmt", "gray"))),
        street("gbr.mp4", "RGB planes", gbr()),
        new Variant(
            "yuv444_odd.mp4",
            "4:4:4, odd size",
            Content.STREET,
            FRAMES,
            WIDTH + 1,
            HEIGHT + 1,
            with(h264("open-gop=0"), List.of("-pix_fmt", "yuv444p"))),
        new Variant(
            "rotated90.mp4",
            "to be turned by 90 degrees clockwise",
            Content.STREET,
            FRAMES,
            HEIGHT,
            WIDTH,
            with(List.of("-vf", "transpose=cclock"), h264("open-gop=0"))),
        new Variant(
            "anamorphic.mp4",
            "120 x 90 pixels of 4:3",
            Content.STREET,
            FRAMES,
            WIDTH,
            HEIGHT,
            with(List.of("-vf", "scale=120:90,setsar=4/3"), h264("open-gop=0"))),
        bars("bars_bt601.mp4", "BT.601, limited range", WIDTH, 96, bars("smpte170m", "tv", true)),
        bars("bars_bt709.mp4", "BT.709, limited range", WIDTH, 96, bars("bt709", "tv", true)),
        bars("bars_full.mp4", "BT.709, full range", WIDTH, 96, bars("bt709", "pc", true)),
        bars("bars_bt2020.mp4", "BT.2020, 10 bit, H.265", WIDTH, 96, bars2020()),
        bars("bars_untagged_sd.mp4", "BT.601, not said", WIDTH, 96, bars("bt601", "tv", false)),
        bars("bars_untagged_hd.mp4", "BT.709, not said", 1280, 720, bars("bt709", "tv", false)));
  }

  private static Variant street(String file, String what, List<String> arguments) {
    return new Variant(file, what, Content.STREET, FRAMES, WIDTH, HEIGHT, arguments);
  }

  private static Variant bars(
      String file, String what, int width, int height, List<String> arguments) {
    return new Variant(file, what, Content.BARS, 4, width, height, arguments);
  }

  static List<String> h264(String options) {
    return List.of(
        "-c:v",
        "libx264",
        "-pix_fmt",
        "yuv420p",
        "-crf",
        "30",
        "-x264-params",
        options + ":keyint=12:min-keyint=12:scenecut=0:bframes=3:b-adapt=0:threads=1");
  }

  private static List<String> h265(String pixelFormat, String options) {
    return h265(pixelFormat, options, 30);
  }

  private static List<String> h265(String pixelFormat, String options, int crf) {
    return List.of(
        "-c:v",
        "libx265",
        "-pix_fmt",
        pixelFormat,
        "-tag:v",
        "hvc1",
        "-crf",
        String.valueOf(crf),
        "-x265-params",
        options
            + ":keyint=12:min-keyint=12:scenecut=0:bframes=4:b-adapt=0:pools=1:frame-threads=1"
            + ":log-level=error:info=0");
  }

  private static List<String> vfr() {
    return List.of(
        "-vf",
        "settb=1/90000,setpts=(N+2*floor(N/5)+0.4*mod(N\\,2))*3750",
        "-fps_mode",
        "passthrough",
        "-enc_time_base",
        "1:90000");
  }

  private static List<String> duplicatePts() {
    return with(mjpeg(), List.of("-bsf:v", "setts=ts=floor(2*floor(N/2)*1000/24)"));
  }

  private static List<String> mjpeg() {
    return List.of("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "24");
  }

  private static List<String> gbr() {
    return List.of(
        "-c:v",
        "libx264rgb",
        "-pix_fmt",
        "bgr24",
        "-crf",
        "32",
        "-x264-params",
        "keyint=12:threads=1");
  }

  private static List<String> bars(String matrix, String range, boolean tagged) {
    var convert =
        List.of(
            "-vf",
            "scale=out_color_matrix=" + matrix + ":out_range=" + range + ",format=yuv420p",
            "-c:v",
            "libx264",
            "-crf",
            "4",
            "-x264-params",
            "threads=1");
    return tagged
        ? with(convert, List.of("-colorspace", matrix, "-color_range", range))
        : with(convert, List.of("-bsf:v", "h264_metadata=matrix_coefficients=2"));
  }

  private static List<String> bars2020() {
    return with(
        List.of("-vf", "scale=out_color_matrix=bt2020:out_range=tv,format=yuv420p10le"),
        h265("yuv420p10le", "colormatrix=bt2020nc:range=limited", 4));
  }

  private static List<String> with(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
