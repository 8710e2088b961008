package io.vigil.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.vigil.model.backend.OnnxOptions.Precision;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.golden.Formula;
import io.vigil.model.golden.LightWeights;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The half-precision form, on a CPU, which rounds weights as a GPU does and computes in float32.
 */
class Float16Test {

  private static final EfficientDetConfig D0 = EfficientDetConfig.named("d0");

  private static Map<String, OrtModel.Output> run(
      EfficientDetConfig config, Weights weights, OnnxOptions options, int side) throws Exception {
    var formula = new Formula("picture");
    var bytes = new byte[side * side * 3];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (formula.raw(i) >>> 56);
    }
    try (var model = new OrtModel(OnnxExport.export(config, weights, options))) {
      return model.run(bytes, 1, side, side, 3);
    }
  }

  /** Lite0's levels have odd sides at 320. */
  @ParameterizedTest
  @CsvSource({"d0, 256", "d7x, 256", "lite0, 320"})
  void itFindsWhatFloat32Finds(String level, int side) throws Exception {
    var config = EfficientDetConfig.named(level);
    var weights = LightWeights.of(config);
    var options =
        OnnxOptions.maps()
            .withInput(OnnxOptions.Input.UINT8_NHWC)
            .withOutput(new OnnxOptions.Maps(true));

    var singles = run(config, weights, options, side);
    var halves = run(config, weights, options.withPrecision(Precision.FLOAT16), side);

    assertThat(halves.keySet()).isEqualTo(singles.keySet());
    singles.forEach(
        (name, output) -> {
          assertThat(halves.get(name).shape()).as(name).isEqualTo(output.shape());
          var distance = distance(halves.get(name).floats(), output.floats());
          var size = distance(output.floats(), new float[output.floats().length]);
          assertThat(distance / size).as(name).isBetween(1e-6, 0.02);
        });
  }

  private static double distance(float[] a, float[] b) {
    var sum = 0.0;
    for (var i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void theCandidatesComeOutAsEver() throws Exception {
    var weights = LightWeights.of(D0);
    var options = OnnxOptions.production(100);

    var singles = run(D0, weights, options, 256);
    var halves = run(D0, weights, options.withPrecision(Precision.FLOAT16), 256);

    assertThat(halves.get("logits").floats()[0])
        .isCloseTo(singles.get("logits").floats()[0], within(0.05f));
    assertThat(halves.get("anchors").ints()[0]).isEqualTo(singles.get("anchors").ints()[0]);
    assertThat(halves.get("classes").ints()[0]).isEqualTo(singles.get("classes").ints()[0]);
  }

  /** Half the bytes, and no layer left in float32. */
  @Test
  void allOfTheNetworkIsInHalves() {
    var weights = LightWeights.of(D0);
    var options = OnnxOptions.production(1000);
    var single = OnnxExport.export(D0, weights, options);
    var half = OnnxExport.export(D0, weights, options.withPrecision(Precision.FLOAT16));

    assertThat(half.getSerializedSize()).isLessThan(single.getSerializedSize() * 53 / 100);
    assertThat(half.getGraph().getInitializerList())
        .filteredOn(constant -> constant.getDataType() == DataType.FLOAT_VALUE)
        .extracting("name")
        .containsExactlyInAnyOrder("mean", "std", "upsample.factors");
  }

  @Test
  void aWeightThatNoHalfHoldsIsNamed() {
    Weights light = LightWeights.of(D0);
    Weights large =
        name -> {
          var tensor = light.tensor(name);
          if (!name.equals("backbone.stem.conv.weight")) {
            return tensor;
          }
          var values = tensor.values().clone();
          values[0] = 1e9f;
          return new Tensor(tensor.shape(), values);
        };
    var options = OnnxOptions.production(1000).withPrecision(Precision.FLOAT16);

    assertThatThrownBy(() -> OnnxExport.export(D0, large, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backbone.stem.norm.folded.weight has the value ")
        .hasMessageContaining("float16 ends at 65504.0; export it as float32.");
  }
}
