package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.transform;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The usual pictures, 8-bit 4:2:0, resized plane by plane and made RGB at the new size. Resizing
 * and the matrix are both linear, so their order changes nothing but rounding, and this order
 * touches half the bytes. Chroma is interpolated, sampled in the middle of its four pixels.
 */
final class PlanarYuv implements ScaledRgb, AutoCloseable {

  private static final double ONE = 65536;
  private static final double LUMA_STEPS = 219;
  private static final double CHROMA_STEPS = 224;
  private static final int LUMA_BLACK = 16;
  private static final int CHROMA_ZERO = 128;

  private final MatVector planes = new MatVector(3);
  private final Mat yuv = new Mat();
  private AVFrame frame;
  private ColourSpace colour;
  private Mat matrix;

  /** Odd sides have half a chroma sample more than luma, which the other way takes care of. */
  static boolean takes(AVFrame frame) {
    boolean usual = frame.format() == AV_PIX_FMT_YUV420P || frame.format() == AV_PIX_FMT_YUVJ420P;
    return usual && frame.width() % 2 == 0 && frame.height() % 2 == 0;
  }

  /** Valid until the frame changes. */
  PlanarYuv of(AVFrame frame) {
    this.frame = frame;
    var wanted = ColourSpace.of(frame);
    if (!wanted.equals(colour)) {
      closeMatrix();
      matrix = matrix(wanted);
      colour = wanted;
    }
    return this;
  }

  @Override
  public void scale(Mat rgb, Size size) {
    scale(0, frame.width(), frame.height(), size);
    scale(1, frame.width() / 2, frame.height() / 2, size);
    scale(2, frame.width() / 2, frame.height() / 2, size);
    merge(planes, yuv);
    transform(yuv, rgb, matrix);
  }

  private void scale(int plane, int width, int height, Size size) {
    try (var whole = new Mat(height, width, CV_8UC1, frame.data(plane), frame.linesize(plane))) {
      resize(whole, planes.get(plane), size, 0, 0, INTER_LINEAR);
    }
  }

  /** Three rows (red, green, blue) of the shares of Y, U, V and 1; ITU-R BT.601 and its like. */
  private static Mat matrix(ColourSpace colour) {
    // What red has of V, blue of U, green less of U and of V, for the limited range.
    var shares = sws_getCoefficients(colour.matrix());
    double chroma = (colour.fullRange() ? CHROMA_STEPS / 255 : 1) / ONE;
    double y = colour.fullRange() ? 1 : 255 / LUMA_STEPS;
    double black = colour.fullRange() ? 0 : LUMA_BLACK;
    var rows = new float[12];
    row(rows, 0, y, 0, chroma * shares.get(0), black);
    row(rows, 4, y, -chroma * shares.get(2), -chroma * shares.get(3), black);
    row(rows, 8, y, chroma * shares.get(1), 0, black);
    try (var values = new FloatPointer(rows);
        var shared = new Mat(3, 4, CV_32FC1, values)) {
      return shared.clone();
    }
  }

  private static void row(float[] rows, int at, double y, double u, double v, double black) {
    rows[at] = (float) y;
    rows[at + 1] = (float) u;
    rows[at + 2] = (float) v;
    rows[at + 3] = (float) -(y * black + (u + v) * CHROMA_ZERO);
  }

  private void closeMatrix() {
    if (matrix != null) {
      matrix.close();
    }
  }

  @Override
  public void close() {
    closeMatrix();
    planes.close();
    yuv.close();
  }
}
