package io.vigil.connectors.video.decode;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** A decoded picture that can be had as RGB of another size. */
interface ScaledRgb {

  /**
   * Resizes, bilinear with half-pixel centres and no antialias.
   *
   * @param rgb uint8 [size.height, size.width, 3], written to
   */
  void scale(Mat rgb, Size size);
}
