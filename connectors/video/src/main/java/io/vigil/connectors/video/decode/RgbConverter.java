package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_init_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_isSupportedInput;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decoded pictures of any pixel format as RGB of the same size, uint8 [codedHeight, codedWidth, 4],
 * in a buffer that is used again for the next one.
 */
final class RgbConverter implements AutoCloseable {

  private static final int ONE = 1 << 16;
  private static final int ROW_ALIGNMENT = 64;

  /** SIMD code writes beyond the last pixel. */
  private static final int SLACK = 256;

  private record Format(int pixelFormat, int width, int height, ColourSpace colour) {}

  private Format format;
  private SwsContext context;
  private BytePointer buffer;
  private PointerPointer<BytePointer> planes;
  private IntPointer strides;
  private Mat rgba;

  /** Valid until the next call. */
  RgbaPicture convert(AVFrame frame) throws VideoException {
    var wanted = formatOf(frame);
    if (!wanted.equals(format)) {
      close();
      open(wanted);
    }
    sws_scale(context, frame.data(), frame.linesize(), 0, frame.height(), planes, strides);
    return new RgbaPicture(rgba);
  }

  private static Format formatOf(AVFrame frame) {
    return new Format(frame.format(), frame.width(), frame.height(), ColourSpace.of(frame));
  }

  private void open(Format wanted) throws VideoException {
    if (sws_isSupportedInput(wanted.pixelFormat) == 0) {
      throw unsupported(wanted);
    }
    context = openContext(wanted);
    int stride = (4 * wanted.width + ROW_ALIGNMENT - 1) / ROW_ALIGNMENT * ROW_ALIGNMENT;
    buffer = new BytePointer((long) stride * wanted.height + SLACK);
    planes =
        new PointerPointer<BytePointer>(4).put(0, buffer).put(1, null).put(2, null).put(3, null);
    strides = new IntPointer(stride, 0, 0, 0);
    rgba = new Mat(wanted.height, wanted.width, CV_8UC4, buffer, stride);
    format = wanted;
  }

  private static SwsContext openContext(Format wanted) throws VideoException {
    var context = sws_alloc_context();
    context.src_w(wanted.width).src_h(wanted.height).src_format(wanted.pixelFormat);
    context.dst_w(wanted.width).dst_h(wanted.height).dst_format(AV_PIX_FMT_RGBA);
    context.flags(flags(wanted)).threads(1);
    var matrix = sws_getCoefficients(wanted.colour.matrix());
    int status = setColours(context, matrix, wanted);
    if (status < 0 || sws_init_context(context, null, null) < 0) {
      sws_freeContext(context);
      throw unsupported(wanted);
    }
    return context;
  }

  private static int setColours(SwsContext context, IntPointer matrix, Format wanted) {
    return sws_setColorspaceDetails(
        context,
        matrix,
        wanted.colour.fullRange() ? 1 : 0,
        sws_getCoefficients(SWS_CS_DEFAULT),
        1,
        0,
        ONE,
        ONE);
  }

  /** The usual 4:2:0 goes swscale's fast way, which accurate rounding would shut. */
  private static int flags(Format wanted) {
    boolean usual =
        wanted.pixelFormat == AV_PIX_FMT_YUV420P || wanted.pixelFormat == AV_PIX_FMT_YUVJ420P;
    return usual
        ? SWS_BILINEAR | SWS_FULL_CHR_H_INT
        : SWS_BILINEAR | SWS_FULL_CHR_H_INT | SWS_ACCURATE_RND;
  }

  private static VideoException unsupported(Format wanted) {
    var name = av_get_pix_fmt_name(wanted.pixelFormat);
    return new VideoException(
        "pixel format "
            + (name == null ? String.valueOf(wanted.pixelFormat) : name.getString())
            + " at "
            + wanted.width
            + " x "
            + wanted.height
            + " cannot be converted to RGB; convert the file to yuv420p");
  }

  @Override
  public void close() {
    if (format != null) {
      rgba.close();
      strides.close();
      planes.close();
      buffer.close();
      sws_freeContext(context);
      format = null;
    }
  }
}
