package io.vigil.connectors.video.decode;

import io.vigil.model.detect.Letterbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture that is no frame of a video.
 *
 * @param rgb uint8 [height, width, 3]
 */
public record StillPicture(int width, int height, byte[] rgb) {
  private static final int CHANNELS = 3;
  private static final int AS_STORED = opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
  private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G'};
  private static final byte[] PNG_END = {'I', 'E', 'N', 'D'};
  private static final byte[] JPEG_START = {(byte) 0xff, (byte) 0xd8};
  private static final byte[] JPEG_SCAN = {(byte) 0xff, (byte) 0xda};
  private static final byte[] JPEG_END = {(byte) 0xff, (byte) 0xd9};

  /**
   * Reads a JPEG (grey, colour or CMYK), PNG (8 or 16 bits), BMP, TIFF or WebP file as it is
   * stored, without regard to an orientation in its EXIF data, as COCO's boxes are.
   *
   * @throws VideoException if it is missing, cut off or no picture
   */
  public static StillPicture read(Path file) throws VideoException {
    var bytes = bytes(file);
    if (bytes.length == 0) {
      throw new VideoException(file + ": an empty file; fetch it again");
    }
    if (cutOff(bytes)) {
      throw new VideoException(file + ": a JPEG or PNG that is cut off; fetch it again");
    }
    try (var picture = decode(bytes, opencv_imgcodecs.IMREAD_COLOR_RGB | AS_STORED)) {
      if (picture.empty()) {
        throw new VideoException(file + ": no picture that can be read; convert it to JPEG or PNG");
      }
      return of(picture);
    } catch (RuntimeException broken) {
      throw new VideoException(
          "%s: no picture that can be read (%s)".formatted(file, broken.getMessage()), broken);
    }
  }

  /**
   * Whether the file's EXIF data has an orientation that turns or mirrors the picture and leaves
   * its size, which then does not tell of which of the two some boxes are. Seen on an eighth of it.
   *
   * @throws VideoException if it is missing
   */
  public static boolean isTurnedUnseen(Path file) throws VideoException {
    var bytes = bytes(file);
    if (!new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT).contains("exif")) {
      return false;
    }
    try (var stored = decode(bytes, opencv_imgcodecs.IMREAD_REDUCED_COLOR_8 | AS_STORED);
        var shown = decode(bytes, opencv_imgcodecs.IMREAD_REDUCED_COLOR_8)) {
      return stored.rows() == shown.rows()
          && stored.cols() == shown.cols()
          && !Arrays.equals(of(stored).rgb(), of(shown).rgb());
    }
  }

  private static Mat decode(byte[] bytes, int flags) {
    FFmpeg.load();
    try (var pointer = new BytePointer(bytes);
        var coded = new Mat(1, bytes.length, opencv_core.CV_8UC1, pointer)) {
      return opencv_imgcodecs.imdecode(coded, flags);
    }
  }

  private static byte[] bytes(Path file) throws VideoException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new VideoException(file + ": there is no such file", missing);
    } catch (IOException failure) {
      throw new VideoException(
          "%s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  /** Libraries fill what is missing with grey and say nothing. */
  private static boolean cutOff(byte[] bytes) {
    return begins(bytes, JPEG_START) && last(bytes, JPEG_END) < last(bytes, JPEG_SCAN)
        || begins(bytes, PNG_START) && last(bytes, PNG_END) < 0;
  }

  private static boolean begins(byte[] bytes, byte[] mark) {
    return isAt(bytes, 0, mark);
  }

  private static int last(byte[] bytes, byte[] mark) {
    for (var i = bytes.length - mark.length; i >= 0; i--) {
      if (isAt(bytes, i, mark)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] bytes, int place, byte[] mark) {
    return place + mark.length <= bytes.length
        && Arrays.equals(bytes, place, place + mark.length, mark, 0, mark.length);
  }

  private static StillPicture of(Mat picture) {
    var rgb = new byte[picture.rows() * picture.cols() * CHANNELS];
    picture.data().get(rgb);
    return new StillPicture(picture.cols(), picture.rows(), rgb);
  }

  /**
   * The picture as the model takes it, through the same letterbox as frames.
   *
   * @return uint8 RGB, [letterbox.height, letterbox.width, 3], the caller's own
   */
  public byte[] letterbox(Letterbox letterbox, Fill fill) {
    return letterbox(letterbox, fill, Orientation.UPRIGHT);
  }

  byte[] letterbox(Letterbox letterbox, Fill fill, Orientation orientation) {
    FFmpeg.load();
    try (var buffer = new BytePointer(rgb);
        var stored = new Mat(height, width, opencv_core.CV_8UC3, buffer);
        var picture = new Mat();
        var letterboxer = new Letterboxer()) {
      opencv_imgproc.cvtColor(stored, picture, opencv_imgproc.COLOR_RGB2RGBA);
      return letterboxer.letterbox(new RgbaPicture(picture), orientation, letterbox, fill);
    }
  }
}
