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
    var row = new int[width];
    for (int y = 0; y < height; y++) {
      read(image, y, row);
      for (int x = 0; x < width; x++) {
        int at = RGBA * (y * width + x);
        rgba[at] = (byte) (row[x] >> 16);
        rgba[at + 1] = (byte) (row[x] >> 8);
        rgba[at + 2] = (byte) row[x];
      }
    }
    return new StillPicture(width, height, rgba);
  }

  /** As 0xRRGGBB. */
  private static void read(BufferedImage image, int y, int[] row) {
    if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      // java.awt would take the stored values for linear ones, and make the picture brighter.
      image.getRaster().getSamples(0, y, row.length, 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        row[x] *= 0x010101;
      }
    } else if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      // What JPEG files are. Their bytes are sRGB already; java.awt would look at every one of
      // them.
      bytes(image, y, row);
    } else {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
    }
  }

  private static void bytes(BufferedImage image, int y, int[] row) {
    var rgb = (byte[]) image.getRaster().getDataElements(0, y, row.length, 1, null);
    for (int x = 0; x < row.length; x++) {
      int at = 3 * x;
      row[x] = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
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
