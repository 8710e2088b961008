package io.vigil.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.golden.Formula;
import io.vigil.model.golden.FormulaWeights;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The graph that runs is the graph that was proved: bytes in and the best pairs out, to the bit.
 */
class CandidatesOutTest {

  private static final EfficientDetConfig D0 = EfficientDetConfig.named("d0");
  private static final Weights WEIGHTS = FormulaWeights.of(D0, "zylo_d0.json");

  @ParameterizedTest
  @CsvSource({
    "zero, 1,    1, 512, 512",
    "-inf, 1000, 3, 384, 512",
    "zero, 1000, 1, 512, 384",
    "-inf, 5000, 3, 512, 512",
    // Fewer anchors than candidates.
    "-inf, 5000, 3, 128, 128",
  })
  void theCandidatesAreTheBestPairsOfTheProvedForm(
      String padding, int topK, int batch, int height, int width) throws Exception {
    var config = D0.withPoolPadding(PoolPadding.of(padding));

    assertExact(config, WEIGHTS, topK, new Pictures(batch, height, width));
  }

  /** Every place has the same logits, of three values only, so nearly all are equal. */
  @ParameterizedTest
  @CsvSource({"7, 1", "1000, 3", "5000, 2"})
  void equalLogitsAreRankedByAnchorThenByClass(int topK, int batch) throws Exception {
    var candidates = assertExact(D0, tied(), topK, new Pictures(batch, 128, 256));

    assertThat(candidates.get("logits").floats()).containsOnly(2);
    assertThat(candidates.get("classes").ints()).startsWith(2, 5, 8);
    assertThat(candidates.get("anchors").ints()).startsWith(0, 0, 0);
  }

  @Test
  void aPictureGivesTheSameBitsInEveryBatch() throws Exception {
    var pictures = new Pictures(8, 512, 384);
    try (var model = production(D0, WEIGHTS, 1000)) {
      var together = pictures.run(model);
      for (var i = 0; i < pictures.count(); i++) {
        assertSame(pictures.only(i, 1).run(model), together, i);
      }
      assertSame(pictures.only(3, 3).run(model), together, 3);
    }
  }

  /** Formula pictures, [count, height, width, 3]. */
  private record Pictures(int count, int height, int width, byte[] bytes) {

    Pictures(int count, int height, int width) {
      this(count, height, width, new byte[count * height * width * 3]);
      var formula = new Formula("pictures");
      for (var i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (formula.raw(i) >>> 56);
      }
    }

    Pictures only(int first, int number) {
      var size = bytes.length / count;
      var some = Arrays.copyOfRange(bytes, first * size, (first + number) * size);
      return new Pictures(number, height, width, some);
    }

    Map<String, OrtModel.Output> run(OrtModel model) throws Exception {
      return model.run(bytes, count, height, width, 3);
    }

    /** [count, 3, height, width]. */
    float[] normalised(EfficientDetConfig config) {
      var places = height * width;
      var floats = new float[bytes.length];
      for (var i = 0; i < bytes.length; i++) {
        var picture = i / (3 * places);
        var place = i / 3 % places;
        var channel = i % 3;
        var mean = config.normalization().mean().get(channel).floatValue();
        var std = config.normalization().std().get(channel).floatValue();
        floats[(picture * 3 + channel) * places + place] =
            (Byte.toUnsignedInt(bytes[i]) - mean) / std;
      }
      return floats;
    }
  }

  private static Map<String, OrtModel.Output> assertExact(
      EfficientDetConfig config, Weights weights, int topK, Pictures pictures) throws Exception {
    try (var proved = new OrtModel(OnnxExport.export(config, weights, OnnxOptions.maps()));
        var production = production(config, weights, topK)) {
      var maps =
          proved.run(
              pictures.normalised(config), pictures.count, 3, pictures.height, pictures.width);
      var candidates = pictures.run(production);
      for (var i = 0; i < pictures.count; i++) {
        assertBest(config, topK, picture(maps, i), picture(candidates, i));
      }
      return candidates;
    }
  }

  private static void assertBest(
      EfficientDetConfig config,
      int topK,
      Map<String, OrtModel.Output> maps,
      Map<String, OrtModel.Output> candidates) {
    var logits = maps.get("class_logits").floats();
    var best = best(logits, topK);
    var anchors = Arrays.stream(best).map(pair -> pair / config.classes()).toArray();
    assertThat(candidates.get("logits").floats()).isEqualTo(gathered(logits, best));
    assertThat(candidates.get("anchors").ints()).isEqualTo(anchors);
    assertThat(candidates.get("classes").ints())
        .isEqualTo(Arrays.stream(best).map(pair -> pair % config.classes()).toArray());
    var rows = Arrays.stream(anchors).flatMap(a -> IntStream.range(4 * a, 4 * a + 4)).toArray();
    assertThat(candidates.get("regression").floats())
        .isEqualTo(gathered(maps.get("boxes").floats(), rows));
  }

  /** Places of the best logits, equal ones in the order of their places. */
  private static int[] best(float[] logits, int topK) {
    var keys = new long[logits.length];
    for (var place = 0; place < keys.length; place++) {
      keys[place] = (long) descending(logits[place]) << 32 | place;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).limit(topK).mapToInt(key -> (int) key).toArray();
  }

  /** An integer that is the lower the higher the logit. */
  private static int descending(float logit) {
    var bits = Float.floatToIntBits(logit + 0f);
    return bits < 0 ? bits & Integer.MAX_VALUE : ~bits;
  }

  private static float[] gathered(float[] values, int[] places) {
    var gathered = new float[places.length];
    for (var i = 0; i < places.length; i++) {
      gathered[i] = values[places[i]];
    }
    return gathered;
  }

  private static void assertSame(
      Map<String, OrtModel.Output> some, Map<String, OrtModel.Output> all, int first) {
    all.forEach(
        (name, output) -> {
          var number = (int) some.get(name).shape()[0];
          for (var i = 0; i < number; i++) {
            assertThat(some.get(name).picture(i))
                .as("%s of picture %d", name, first + i)
                .usingRecursiveComparison()
                .isEqualTo(output.picture(first + i));
          }
        });
  }

  private static Map<String, OrtModel.Output> picture(
      Map<String, OrtModel.Output> outputs, int place) {
    return outputs.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().picture(place)));
  }

  private static OrtModel production(EfficientDetConfig config, Weights weights, int topK)
      throws Exception {
    return new OrtModel(OnnxExport.export(config, weights, OnnxOptions.production(topK)));
  }

  /** The class predictor sees nothing and has one bias of three for every class. */
  private static Weights tied() {
    return name -> {
      var tensor = WEIGHTS.tensor(name);
      var values = new float[tensor.values().length];
      if (name.equals("class.predict.pointwise.bias")) {
        for (var i = 0; i < values.length; i++) {
          values[i] = i % 3;
        }
        return new Tensor(tensor.shape(), values);
      }
      return name.equals("class.predict.pointwise.weight")
          ? new Tensor(tensor.shape(), values)
          : tensor;
    };
  }
}
