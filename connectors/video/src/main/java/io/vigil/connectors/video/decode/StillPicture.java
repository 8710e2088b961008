package io.vigil.connectors.video.decode;

import io.vigil.model.detect.Letterbox;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture that is no frame of a video, through the same letterbox.
 *
 * @param rgba uint8 [height, width, 4]
 */
public record StillPicture(int width, int height, byte[] rgba) {

  private static final int RGBA = 4;

  /**
   * Reads a JPEG, PNG or BMP file as it is stored, without regard to an orientation in its EXIF
   * data, as COCO's boxes are.
   *
   * @throws VideoException if it cannot be read
   */
  public static StillPicture read(Path file) throws VideoException {
    try {
      var image = ImageIO.read(file.toFile());
      if (image != null) {
        return of(image);
      }
      throw new VideoException(file + ": no picture that can be read; convert it to JPEG or PNG");
    } catch (IOException failure) {
      throw new VideoException(
          "%s: no picture that can be read (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  static StillPicture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    var rgba = new byte[RGBA * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        put(image, x, y, rgba, RGBA * (y * width + x));
      }
    }
    return new StillPicture(width, height, rgba);
  }

  private static void put(BufferedImage image, int x, int y, byte[] rgba, int at) {
    if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      // java.awt would take the stored values for linear ones, and make the picture brighter.
      byte value = (byte) image.getRaster().getSample(x, y, 0);
      rgba[at] = value;
      rgba[at + 1] = value;
      rgba[at + 2] = value;
    } else {
      int rgb = image.getRGB(x, y);
      rgba[at] = (byte) (rgb >> 16);
      rgba[at + 1] = (byte) (rgb >> 8);
      rgba[at + 2] = (byte) rgb;
    }
  }

  /**
   * The picture as the model takes it.
   *
   * @return uint8 RGB, [letterbox.height, letterbox.width, 3], the caller's own
   */
  public byte[] letterbox(Letterbox letterbox, Fill fill) {
    return letterbox(letterbox, fill, Orientation.UPRIGHT);
  }

  byte[] letterbox(Letterbox letterbox, Fill fill, Orientation orientation) {
    FFmpeg.load();
    try (var buffer = new BytePointer(rgba);
        var picture = new Mat(height, width, opencv_core.CV_8UC4, buffer);
        var letterboxer = new Letterboxer()) {
      return letterboxer.letterbox(new RgbaPicture(picture), orientation, letterbox, fill);
    }
  }
}
