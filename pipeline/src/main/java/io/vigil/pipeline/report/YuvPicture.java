package io.vigil.pipeline.report;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Java pictures as an encoder wants them: YUV 4:2:0, in one buffer that is used again. */
final class YuvPicture implements AutoCloseable {
  /** Players that do not read the colour tags assume BT.709 from it on, BT.601 below. */
  private static final int HIGH_DEFINITION = 720;

  private static final int ONE = 1 << 16;

  private final AVFrame frame = av_frame_alloc();
  private final SwsContext context;
  private final BytePointer bgr;
  private final PointerPointer<BytePointer> planes;
  private final IntPointer strides;

  YuvPicture(int width, int height) throws IOException {
    frame.format(AV_PIX_FMT_YUV420P).width(width).height(height);
    if (av_frame_get_buffer(frame, 0) < 0) {
      throw new IOException("no memory for a picture of " + width + " x " + height);
    }
    context =
        sws_getContext(
            width,
            height,
            AV_PIX_FMT_BGR24,
            width,
            height,
            AV_PIX_FMT_YUV420P,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    var matrix = sws_getCoefficients(colours(height));
    sws_setColorspaceDetails(
        context, sws_getCoefficients(SWS_CS_DEFAULT), 1, matrix, 0, 0, ONE, ONE);
    bgr = new BytePointer(3L * width * height);
    planes = new PointerPointer<BytePointer>(4).put(0, bgr).put(1, null).put(2, null).put(3, null);
    strides = new IntPointer(3 * width, 0, 0, 0);
  }

  /** FFmpeg's number of the matrix, which is also that of the primaries and the transfer. */
  static int colours(int height) {
    return height >= HIGH_DEFINITION ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  }

  /** Valid until the next call. */
  AVFrame of(BufferedImage image) throws IOException {
    bgr.position(0).put(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    if (av_frame_make_writable(frame) < 0) {
      throw new IOException("no memory for a picture");
    }
    sws_scale(context, planes, strides, 0, frame.height(), frame.data(), frame.linesize());
    return frame;
  }

  @Override
  public void close() {
    sws_freeContext(context);
    strides.close();
    planes.close();
    bgr.close();
    av_frame_free(frame);
  }
}
