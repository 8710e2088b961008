package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;

import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/** What FFmpeg opens like a video and is none. */
final class Containers {

  /** Brands of HEIF stills, which share their container with MP4. */
  private static final Set<String> STILL_BRANDS = Set.of("heic", "heix", "mif1", "avif");

  /** Texts that name other files; where those are is not theirs to say. */
  private static final Set<String> LISTS = Set.of("concat", "hls", "dash", "imf");

  private static final Set<String> UNTIMED = Set.of("mpjpeg", "mjpeg");

  private Containers() {}

  static void requireVideo(String name, AVFormatContext format) throws VideoException {
    var container = format.iformat().name().getString();
    if (isImage(container, format)) {
      throw new VideoException(
          name
              + ": an image where a video was expected (FFmpeg reads it as "
              + container
              + "); name a video file");
    }
    if (LISTS.contains(container.split(",")[0])) {
      throw new VideoException(
          name + ": a list of files where a video was expected; name the files themselves");
    }
  }

  /** Pictures of Motion JPEG one after the other; FFmpeg takes them for 25 a second. */
  static boolean tellsNoTimes(AVFormatContext format) {
    return UNTIMED.contains(format.iformat().name().getString());
  }

  /** An image opens as a video of one frame. */
  private static boolean isImage(String container, AVFormatContext format) {
    return container.equals("image2") || container.endsWith("_pipe") || isStill(format);
  }

  private static boolean isStill(AVFormatContext format) {
    var brand = av_dict_get(format.metadata(), "major_brand", null, 0);
    return brand != null && STILL_BRANDS.contains(brand.value().getString().strip());
  }
}
