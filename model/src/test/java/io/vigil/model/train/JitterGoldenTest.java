package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.config.Normalization;
import io.vigil.model.golden.Formula;
import io.vigil.model.golden.GoldenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scale jitter, crop and flip, as google/automl does them. */
class JitterGoldenTest {

  private static final JsonNode GOLDEN = GoldenFile.read("training/augment.json");

  static Stream<JsonNode> cases() {
    return GoldenCases.stream(GOLDEN.get("cases"));
  }

  static Stream<JsonNode> casesWithPixels() {
    return cases().filter(c -> c.has("pixels_chw"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sizesAndOffsetsAreTheReferences(JsonNode golden) {
    var jitter = jitter(golden);

    assertThat(List.of(jitter.scaledHeight(), jitter.scaledWidth()))
        .isEqualTo(pair(golden, "scaled_hw"));
    assertThat(List.of(jitter.offsetY(), jitter.offsetX()))
        .isEqualTo(pair(golden, "crop_offset_yx"));
    assertThat(List.of(jitter.visibleHeight(), jitter.visibleWidth()))
        .isEqualTo(pair(golden, "valid_region_hw"));
    assertThat(jitter.mirrored()).isEqualTo(golden.get("flipped").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void boxesMoveAsTheReferences(JsonNode golden) {
    var jitter = jitter(golden);
    var boxes = GOLDEN.get("boxes_in_normalised").get(golden.get("boxes_name").asText());
    var kept = new ArrayList<Integer>();
    for (var i = 0; i < boxes.size(); i++) {
      var moved = jitter.move(object(boxes.get(i)), 1, 1);
      if (moved != null) {
        assertBox(moved, golden.get("boxes_y1x1y2x2").get(kept.size()));
        kept.add(i);
      }
    }
    assertThat(kept)
        .isEqualTo(GoldenCases.stream(golden.get("kept")).map(JsonNode::asInt).toList());
  }

  private static void assertBox(TruthBox box, JsonNode expected) {
    var sides = List.of(box.y1(), box.x1(), box.y2(), box.x2());
    for (var side = 0; side < 4; side++) {
      assertThat((double) sides.get(side)).isCloseTo(expected.get(side).asDouble(), within(1e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithPixels")
  void pixelsAreTheReferences(JsonNode golden) {
    var jitter = jitter(golden);
    var height = golden.get("image_hw").get(0).asInt();
    var width = golden.get("image_hw").get(1).asInt();
    var pixels = new float[3 * jitter.outputHeight() * jitter.outputWidth()];

    Crop.into(pixels, 0, picture(height, width), jitter, Normalization.IMAGENET);

    var samples = golden.get("pixels_chw");
    assertThat(samples.get("idx").size()).isPositive();
    for (var i = 0; i < samples.get("idx").size(); i++) {
      assertThat((double) pixels[samples.get("idx").get(i).asInt()])
          .isCloseTo(samples.get("val").get(i).asDouble(), within(5e-4));
    }
    var sum = IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i]).sum();
    assertThat(sum / pixels.length).isCloseTo(samples.get("mean").asDouble(), within(1e-5));
  }

  /** Noise; each pixel is the mean of itself and its neighbours right and below. */
  private static RgbPicture picture(int height, int width) {
    var formula = new Formula("image:%dx%d".formatted(height, width));
    var noise = new int[height * width * 3];
    for (var i = 0; i < noise.length; i++) {
      noise[i] = (int) (formula.raw(i) >>> 56);
    }
    var rgb = new byte[noise.length];
    for (var i = 0; i < rgb.length; i++) {
      var right = i / 3 % width < width - 1 ? 3 : 0;
      var down = i / 3 / width < height - 1 ? 3 * width : 0;
      rgb[i] =
          (byte) ((noise[i] + noise[i + right] + noise[i + down] + noise[i + right + down]) / 4);
    }
    return new RgbPicture(width, height, rgb);
  }

  private static Jitter jitter(JsonNode golden) {
    return Jitter.of(
        golden.get("image_hw").get(0).asInt(),
        golden.get("image_hw").get(1).asInt(),
        golden.get("output_hw").get(0).asInt(),
        golden.get("output_hw").get(1).asInt(),
        new Jitter.Draws(
            draw(golden, "flip_draw"),
            draw(golden, "scale_draw"),
            draw(golden, "offset_draw_y"),
            draw(golden, "offset_draw_x")));
  }

  private static float draw(JsonNode golden, String name) {
    return (float) golden.get(name).asDouble();
  }

  private static TruthBox object(JsonNode box) {
    return new TruthBox(
        (float) box.get(0).asDouble(),
        (float) box.get(1).asDouble(),
        (float) box.get(2).asDouble(),
        (float) box.get(3).asDouble(),
        0);
  }

  private static List<Integer> pair(JsonNode golden, String name) {
    return List.of(golden.get(name).get(0).asInt(), golden.get(name).get(1).asInt());
  }
}
