package io.vigil.model.runtime;

import io.vigil.model.detect.Letterbox;
import java.nio.ByteBuffer;

/**
 * Puts a picture into its letterbox as google/automl does: bilinear with half-pixel centres and no
 * antialiasing, the rest filled with the colour that normalises to about zero.
 */
final class PictureScaler {
  private static final int CHANNELS = 3;

  private PictureScaler() {}

  /**
   * @param rgb [sourceHeight, sourceWidth, 3]
   * @param mean of red, green and blue on 0..255
   * @return direct, [height, width, 3] of the model picture
   */
  static ByteBuffer scale(byte[] rgb, Letterbox letterbox, double[] mean) {
    int row = letterbox.width() * CHANNELS;
    ByteBuffer picture = ByteBuffer.allocateDirect(letterbox.height() * row);
    for (int i = 0; i < picture.capacity(); i++) {
      picture.put(i, (byte) Math.round(mean[i % CHANNELS]));
    }
    double yScale = (double) letterbox.sourceHeight() / letterbox.scaledHeight();
    double xScale = (double) letterbox.sourceWidth() / letterbox.scaledWidth();
    for (int y = 0; y < letterbox.scaledHeight(); y++) {
      var vertical = Between.of(y, yScale, letterbox.sourceHeight());
      for (int x = 0; x < letterbox.scaledWidth(); x++) {
        var horizontal = Between.of(x, xScale, letterbox.sourceWidth());
        for (int c = 0; c < CHANNELS; c++) {
          double value = value(rgb, letterbox.sourceWidth(), vertical, horizontal, c);
          picture.put(y * row + x * CHANNELS + c, (byte) Math.round(value));
        }
      }
    }
    return picture;
  }

  /** The two source places around a place of the scaled picture, and how near the second is. */
  private record Between(int first, int second, double share) {

    static Between of(int place, double scale, int size) {
      double source = Math.max(0, (place + 0.5) * scale - 0.5);
      int first = Math.min(size - 1, (int) source);
      return new Between(first, Math.min(size - 1, first + 1), source - first);
    }

    double mix(double a, double b) {
      return a + (b - a) * share;
    }
  }

  private static double value(byte[] rgb, int width, Between y, Between x, int channel) {
    return y.mix(
        x.mix(
            at(rgb, width, y.first, x.first, channel), at(rgb, width, y.first, x.second, channel)),
        x.mix(
            at(rgb, width, y.second, x.first, channel),
            at(rgb, width, y.second, x.second, channel)));
  }

  private static int at(byte[] rgb, int width, int y, int x, int channel) {
    return rgb[(y * width + x) * CHANNELS + channel] & 0xff;
  }
}
