package io.vigil.connectors.video.decode;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGBA2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR_EXACT;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A picture in memory, rounded correctly when it is resized.
 *
 * @param rgba uint8 [height, width, 4]; OpenCV resizes four channels faster than three
 */
record RgbaPicture(Mat rgba) implements ScaledRgb {

  @Override
  public void scale(Mat rgb, Size size) {
    try (var scaled = new Mat()) {
      resize(rgba, scaled, size, 0, 0, INTER_LINEAR_EXACT);
      cvtColor(scaled, rgb, COLOR_RGBA2RGB);
    }
  }
}
