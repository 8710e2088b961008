package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigil.model.detect.Letterbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures by formula through the letterbox of production, against google/automl's figures. */
class LetterboxGoldenTest {

  private static final Fill MEAN = new Fill(124, 116, 104);
  private static final double[] MEANS = {0.485, 0.456, 0.406};
  private static final double[] DEVIATIONS = {0.229, 0.224, 0.225};

  /** Half for rounding to uint8, and a little for weights of eight bits. */
  private static final double GREY_LEVELS = 0.55;

  static Stream<Named<JsonNode>> cases() throws IOException {
    try (var file = LetterboxGoldenTest.class.getResourceAsStream("/preprocess.json")) {
      var cases = new ObjectMapper().readTree(file).get("cases");
      return StreamSupport.stream(cases.spliterator(), false)
          .map(node -> Named.of(node.get("H") + " x " + node.get("W"), node));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isGooglesToHalfAGreyLevel(JsonNode golden) {
    int height = golden.get("H").asInt();
    int width = golden.get("W").asInt();
    int size = golden.get("size").asInt();
    var google = golden.get("google");
    var letterbox = Letterbox.of(width, height, size, 128, true);
    assertThat(letterbox.scaledHeight()).isEqualTo(google.get("scaled_hw").get(0).asInt());
    assertThat(letterbox.scaledWidth()).isEqualTo(google.get("scaled_hw").get(1).asInt());

    var picture = picture(height, width);
    var pixels =
        Letterboxing.letterbox(picture, height, width, Orientation.UPRIGHT, letterbox, MEAN);

    var chw = google.get("chw");
    for (int i = 0; i < chw.get("idx").size(); i++) {
      int index = chw.get("idx").get(i).asInt();
      int channel = index / (size * size);
      int pixel = pixels[3 * (index % (size * size)) + channel] & 0xff;
      double normalised = (pixel / 255.0 - MEANS[channel]) / DEVIATIONS[channel];
      assertThat(normalised)
          .as("value %d", index)
          .isCloseTo(
              chw.get("val").get(i).asDouble(), within(GREY_LEVELS / 255 / DEVIATIONS[channel]));
    }
    assertPadding(pixels, letterbox);
  }

  private static void assertPadding(byte[] pixels, Letterbox letterbox) {
    for (int y = 0; y < letterbox.height(); y++) {
      for (int x = 0; x < letterbox.width(); x++) {
        if (x >= letterbox.scaledWidth() || y >= letterbox.scaledHeight()) {
          int at = 3 * (y * letterbox.width() + x);
          boolean mean =
              (pixels[at] & 0xff) == MEAN.red()
                  && (pixels[at + 1] & 0xff) == MEAN.green()
                  && (pixels[at + 2] & 0xff) == MEAN.blue();
          assertThat(mean).as("padding at %d, %d", x, y).isTrue();
        }
      }
    }
  }

  /** uint8 [height, width, 3]: noise, each pixel the mean of itself and three neighbours. */
  private static byte[] picture(int height, int width) {
    var noise = noise("image:" + height + "x" + width, 3 * height * width);
    var picture = new byte[noise.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int down = Math.min(y + 1, height - 1);
        int right = Math.min(x + 1, width - 1);
        for (int c = 0; c < 3; c++) {
          int sum =
              noise[3 * (y * width + x) + c]
                  + noise[3 * (down * width + x) + c]
                  + noise[3 * (y * width + right) + c]
                  + noise[3 * (down * width + right) + c];
          picture[3 * (y * width + x) + c] = (byte) (sum / 4);
        }
      }
    }
    return picture;
  }

  /** The highest byte of splitmix64, seeded with the CRC-32 of the name. */
  private static int[] noise(String name, int count) {
    var crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    var noise = new int[count];
    for (int i = 0; i < count; i++) {
      long z = (crc.getValue() << 32) + i + 0x9E3779B97F4A7C15L;
      z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      noise[i] = (int) ((z ^ z >>> 31) >>> 56);
    }
    return noise;
  }
}
