package io.vigil.connectors.video.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.Clips;
import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.Mask.Corner;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.decode.VideoDecoder;
import io.vigil.model.detect.Letterbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

  private static final Fill FILL = new Fill(124, 116, 104);
  private static final LetterboxSettings SETTINGS = new LetterboxSettings(96, 32, false, FILL);

  /** A diamond in the left half. */
  private static final Mask DIAMOND =
      new Mask(
          List.of(
              new Corner(0.3, 0.2),
              new Corner(0.5, 0.5),
              new Corner(0.3, 0.8),
              new Corner(0, 0.5)));

  private record Picture(Letterbox letterbox, byte[] rgb) {

    int at(double x, double y) {
      int column = (int) (x * letterbox.scaledWidth());
      int row = (int) (y * letterbox.scaledHeight());
      int at = 3 * (row * letterbox.width() + column);
      return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
    }
  }

  private static Picture first(Path file, List<Mask> masks) throws IOException {
    var pictures = new FramePictures(SETTINGS, masks);
    try (var decoder = VideoDecoder.open(file, 1)) {
      assertThat(decoder.next()).isTrue();
      var letterbox = pictures.letterbox(decoder);
      return new Picture(letterbox, pictures.picture(decoder, letterbox));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "closed_gop_h264.mp4",
        "h265_10bit.mp4",
        "mjpeg.avi",
        "gray.mp4",
        "gbr.mp4",
        "yuv444_odd.mp4",
        "rotated90.mp4",
        "anamorphic.mp4",
        "bars_full.mp4"
      })
  void whatIsMaskedIsTheFillColourAndTheRestIsAsBefore(String clip) throws IOException {
    var masked = first(Clips.variant(clip), List.of(DIAMOND));
    var open = first(Clips.variant(clip), List.of());
    int fill = 124 << 16 | 116 << 8 | 104;
    for (var inside : List.of(new Corner(0.3, 0.5), new Corner(0.3, 0.22), new Corner(0.02, 0.5))) {
      assertThat(masked.at(inside.x(), inside.y())).isEqualTo(fill);
      assertThat(open.at(inside.x(), inside.y())).isNotEqualTo(fill);
    }
    for (var outside :
        List.of(new Corner(0.05, 0.1), new Corner(0.05, 0.9), new Corner(0.7, 0.5))) {
      assertThat(masked.at(outside.x(), outside.y())).isEqualTo(open.at(outside.x(), outside.y()));
    }
  }

  /** Two pictures that differ below the mask alone are one picture. */
  @ParameterizedTest
  @CsvSource({"420, 192, 108", "422, 192, 108", "444, 192, 108", "420, 640, 360", "420, 50, 38"})
  void nothingOfWhatIsMaskedGoesIntoAnyPixel(
      String sampling, int width, int height, @TempDir Path folder) throws IOException {
    var one = folder.resolve("one.y4m");
    var other = folder.resolve("other.y4m");
    Files.write(one, picture(sampling, width, height, 0));
    Files.write(other, picture(sampling, width, height, 255));
    assertThat(first(one, List.of()).rgb()).isNotEqualTo(first(other, List.of()).rgb());
    assertThat(first(one, List.of(DIAMOND)).rgb()).isEqualTo(first(other, List.of(DIAMOND)).rgb());
  }

  /** Noise, with one brightness wherever the mask is. */
  private static byte[] picture(String sampling, int width, int height, int brightness)
      throws IOException {
    var out = new ByteArrayOutputStream();
    var header = "YUV4MPEG2 W%d H%d F25:1 Ip A1:1 C%s\nFRAME\n".formatted(width, height, sampling);
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    var noise = new Random(1);
    for (int plane = 0; plane < 3; plane++) {
      boolean halfWidth = plane > 0 && !sampling.equals("444");
      boolean halfHeight = plane > 0 && sampling.equals("420");
      int columns = halfWidth ? width / 2 : width;
      int rows = halfHeight ? height / 2 : height;
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          int random = noise.nextInt(256);
          boolean masked = isMasked((x + 0.5) / columns, (y + 0.5) / rows);
          out.write(masked ? brightness : random);
        }
      }
    }
    return out.toByteArray();
  }

  private static boolean isMasked(double x, double y) {
    double across = x < 0.3 ? (0.3 - x) / 0.3 : (x - 0.3) / 0.2;
    return across + Math.abs(y - 0.5) / 0.3 < 1;
  }

  @Test
  void aMaskOfFewCornersOrPixelsIsRefused() {
    assertThat(new Mask(List.of(new Corner(0, 0), new Corner(1, 1))).problem())
        .isEqualTo("has 2 corners, but a polygon has at least 3");
    var pixels = new Mask(List.of(new Corner(0, 0), new Corner(640, 0), new Corner(0, 1)));
    assertThat(pixels.problem())
        .isEqualTo(
            "has the corner [640.0, 0.0], but corners are shares of the picture, 0 to 1: x in"
                + " pixels / width, y in pixels / height");
    assertThat(DIAMOND.problem()).isEmpty();
  }
}
