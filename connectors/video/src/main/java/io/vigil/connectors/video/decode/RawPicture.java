package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_image_fill_arrays;
import static org.bytedeco.ffmpeg.global.avutil.av_image_get_buffer_size;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.vigil.model.detect.Letterbox;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Pictures that are not compressed: planes one after the other, rows without gaps. */
public final class RawPicture implements AutoCloseable {

  /** Vector code reads beyond the last pixel. */
  private static final int SLACK = 256;

  private final FramePixels pixels = new FramePixels();

  /**
   * How many bytes a picture has.
   *
   * @param format FFmpeg's name, such as {@code rgb24} or {@code yuv420p}
   * @throws VideoException if there is no such format, or no picture of that size
   */
  public static int bytes(String format, int width, int height) throws VideoException {
    int size = av_image_get_buffer_size(id(format), width, height, 1);
    if (size <= 0) {
      throw new VideoException(
          "a picture of %s cannot have %d x %d pixels".formatted(format, width, height));
    }
    return size;
  }

  private static int id(String format) throws VideoException {
    FFmpeg.load();
    int id = av_get_pix_fmt(format);
    var description = id < 0 ? null : av_pix_fmt_desc_get(id);
    if (description == null || (description.flags() & AV_PIX_FMT_FLAG_HWACCEL) != 0) {
      throw new VideoException(
          "pixel format '%s' is not known; use FFmpeg's names, such as rgb24, bgr24 or yuv420p"
              .formatted(format));
    }
    return id;
  }

  /**
   * @param picture of {@link #bytes} bytes
   * @param letterbox for a source of that size
   * @return uint8 RGB, [letterbox.height, letterbox.width, 3], the caller's own
   * @throws VideoException if the format cannot be converted
   */
  public byte[] letterbox(
      byte[] picture, String format, int width, int height, Letterbox letterbox, Fill fill)
      throws VideoException {
    AVFrame frame = av_frame_alloc();
    try (var bytes = new BytePointer((long) picture.length + SLACK)) {
      bytes.put(picture);
      frame.format(id(format)).width(width).height(height);
      av_image_fill_arrays(frame.data(), frame.linesize(), bytes, frame.format(), width, height, 1);
      return pixels.letterbox(frame, letterbox, fill);
    } finally {
      av_frame_free(frame);
    }
  }

  @Override
  public void close() {
    pixels.close();
  }
}
