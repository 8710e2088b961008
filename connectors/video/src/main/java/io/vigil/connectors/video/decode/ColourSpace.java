package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_FCC;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_YCGCO;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ411P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;

import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The YUV to RGB matrix and the range of the luma.
 *
 * <p>The stream's own, where it says. Where it does not: BT.709 from 1280 pixels of width or 720 of
 * height, BT.601 below (what encoders of these sizes assume, and players too); the full range for
 * the yuvj formats, the limited one for all else. A matrix that swscale has no coefficients for
 * (YCgCo, ICtCp and such) counts as not said.
 *
 * @param matrix FFmpeg's AVCOL_SPC_…
 * @param fullRange luma 0 to 255 instead of 16 to 235
 */
public record ColourSpace(int matrix, boolean fullRange) {

  private static final int HD_WIDTH = 1280;
  private static final int HD_HEIGHT = 720;
  private static final Set<Integer> FULL_RANGE_FORMATS =
      Set.of(
          AV_PIX_FMT_YUVJ420P,
          AV_PIX_FMT_YUVJ422P,
          AV_PIX_FMT_YUVJ444P,
          AV_PIX_FMT_YUVJ440P,
          AV_PIX_FMT_YUVJ411P);

  static ColourSpace of(AVFrame frame) {
    return of(
        frame.colorspace(), frame.color_range(), frame.format(), frame.width(), frame.height());
  }

  static ColourSpace of(int matrix, int range, int pixelFormat, int width, int height) {
    return new ColourSpace(
        hasCoefficients(matrix) ? matrix : matrixOfSize(width, height), isFull(range, pixelFormat));
  }

  private static boolean hasCoefficients(int matrix) {
    boolean known = matrix >= AVCOL_SPC_FCC && matrix <= AVCOL_SPC_BT2020_CL;
    return matrix == AVCOL_SPC_BT709 || known && matrix != AVCOL_SPC_YCGCO;
  }

  private static int matrixOfSize(int width, int height) {
    return width >= HD_WIDTH || height >= HD_HEIGHT ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  }

  private static boolean isFull(int range, int pixelFormat) {
    return FULL_RANGE_FORMATS.contains(pixelFormat) || range == AVCOL_RANGE_JPEG;
  }
}
