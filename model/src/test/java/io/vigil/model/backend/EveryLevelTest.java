package io.vigil.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.golden.Formula;
import io.vigil.model.golden.LightWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks that no reference outputs are given for: each is exported and runs. */
class EveryLevelTest {
  private static final OnnxOptions ALL = OnnxOptions.maps().withOutput(new OnnxOptions.Maps(true));

  /** D0 to D3, D6 and D7x have goldens. */
  static Stream<String> names() {
    return EfficientDetConfig.names().stream().filter(name -> !name.matches("d[01236]|d7x"));
  }

  /** The lite models at their own size, the others at the smallest. */
  @ParameterizedTest
  @MethodSource("names")
  void itIsExportedAndRuns(String name) throws Exception {
    var config = EfficientDetConfig.named(name);
    var side = name.startsWith("lite") ? config.resolution() : config.sizeMultiple();
    var bytes = new byte[side * side * 3];
    var formula = new Formula(name);
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (formula.raw(i) >>> 56);
    }
    var options = OnnxOptions.production(1000);
    try (var model = new OrtModel(OnnxExport.export(config, LightWeights.of(config), options))) {
      var outputs = model.run(bytes, 1, side, side, 3);

      var logits = outputs.get("logits").floats();
      assertThat(logits).hasSize(1000).doesNotContain(Float.NaN);
      assertThat(logits[0]).isGreaterThan(logits[999]).isLessThan(1e3f);
      assertThat(Arrays.stream(outputs.get("anchors").ints()))
          .allMatch(anchor -> anchor >= 0 && anchor < config.anchors(side, side));
      assertThat(outputs.get("regression").floats()).doesNotContain(Float.NaN);
    }
  }

  /** Sizes that no 128 divides: five places are pooled to three, and seven to four. */
  @ParameterizedTest
  @CsvSource({"lite0, 320, 320", "lite0, 192, 320", "lite2, 448, 448", "lite2, 320, 448"})
  void bothFormsAgreeWhereSidesAreOdd(String name, int height, int width) throws Exception {
    var config = EfficientDetConfig.named(name);
    var shapes = ShapeReading.of(config, height, width).outputs();

    var folded = run(config, ALL, height, width);
    var plain = run(config, ALL.withForm(OnnxOptions.Form.PLAIN), height, width);
    var fixed = run(config, ALL.withSize(height, width), height, width);

    for (var i = 0; i < shapes.pyramid().size(); i++) {
      var shape = shapes.pyramid().get(i);
      assertThat(folded.get("P" + (3 + i)).shape())
          .containsExactly(1, shape.channels(), shape.height(), shape.width());
    }
    assertThat(folded.get("class_logits").shape()[1]).isEqualTo(config.anchors(height, width) / 9);
    folded.forEach(
        (output, values) -> {
          var largest = farthest(values.floats(), new float[values.floats().length]);
          assertThat(largest).as(output).isGreaterThan(0.1f);
          for (var other : List.of(plain, fixed)) {
            assertThat(farthest(other.get(output).floats(), values.floats()) / largest)
                .as(output)
                .isLessThan(2e-5f);
          }
        });
  }

  private static Map<String, OrtModel.Output> run(
      EfficientDetConfig config, OnnxOptions options, int height, int width) throws Exception {
    var formula = new Formula("picture");
    var image = new float[3 * height * width];
    for (var i = 0; i < image.length; i++) {
      image[i] = (float) (2 * formula.x(i));
    }
    var exported = OnnxExport.export(config, LightWeights.of(config), options);
    try (var model = new OrtModel(exported)) {
      return model.run(image, 1, 3, height, width);
    }
  }

  private static float farthest(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    var farthest = 0f;
    for (var i = 0; i < a.length; i++) {
      farthest = Math.max(farthest, Math.abs(a[i] - b[i]));
    }
    return farthest;
  }
}
