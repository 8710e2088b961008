package io.vigil.connectors.video.decode;

import io.vigil.model.detect.Letterbox;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** A picture from memory through the letterbox of production. */
final class Letterboxing {

  private Letterboxing() {}

  /**
   * @param rgb uint8 [height, width, 3]
   */
  static byte[] letterbox(
      byte[] rgb, int height, int width, Orientation orientation, Letterbox letterbox, Fill fill) {
    FFmpeg.load();
    try (var buffer = new BytePointer(rgba(rgb));
        var picture = new Mat(height, width, opencv_core.CV_8UC4, buffer);
        var letterboxer = new Letterboxer()) {
      return letterboxer.letterbox(new RgbaPicture(picture), orientation, letterbox, fill);
    }
  }

  private static byte[] rgba(byte[] rgb) {
    var rgba = new byte[rgb.length / 3 * 4];
    for (int i = 0; i < rgb.length; i++) {
      rgba[i / 3 * 4 + i % 3] = rgb[i];
    }
    return rgba;
  }
}
