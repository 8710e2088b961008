package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;

import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/** FFmpeg opens an image as a video of one frame; this tells them apart. */
final class ImageFormats {

  /** Brands of HEIF stills, which share their container with MP4. */
  private static final Set<String> STILL_BRANDS = Set.of("heic", "heix", "mif1", "avif");

  private ImageFormats() {}

  static boolean isImage(AVFormatContext format) {
    var container = format.iformat().name().getString();
    return container.equals("image2") || container.endsWith("_pipe") || isStill(format);
  }

  private static boolean isStill(AVFormatContext format) {
    var brand = av_dict_get(format.metadata(), "major_brand", null, 0);
    return brand != null && STILL_BRANDS.contains(brand.value().getString().strip());
  }
}
