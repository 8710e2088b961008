package io.vigil.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.vigil.model.config.Activation;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.golden.Formula;
import io.vigil.model.weights.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations by themselves, in ONNX Runtime; the small figures can be checked by hand. */
class OnnxOpsTest {

  @Test
  void activations() throws Exception {
    assertThat(run((ops, x) -> ops.activate(x, Activation.RELU6), -1, 0, 3, 7))
        .containsExactly(0, 0, 3, 6);
    assertThat(run((ops, x) -> ops.activate(x, Activation.SWISH), 0, 1, -1, 20))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(0, 0.731059f, -0.268941f, 20);
  }

  /** One row and one column of the border belong to a window of 3 x 3 on 2 x 2 values. */
  @Test
  void aPoolOfNegativesIsZeroOnlyIfZerosSurroundIt() throws Exception {
    assertThat(run((ops, x) -> ops.maxPool(x, Padding.SAME, PoolPadding.ZERO), -4, -3, -2, -5))
        .containsExactly(0);
    assertThat(
            run(
                (ops, x) -> ops.maxPool(x, Padding.SAME, PoolPadding.MINUS_INFINITY),
                -4,
                -3,
                -2,
                -5))
        .containsExactly(-2);
  }

  @Test
  void upsamplingRepeats() throws Exception {
    assertThat(run((ops, x) -> ops.upsample(x, OnnxTensor.written(1, 1, "unused")), 1, 2, 3, 4))
        .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
  }

  /**
   * As TensorFlow pads: 5 places to 3 with one on either side, 6 to 3 with one at the end; and
   * nearest from 3 places to 5 and to 6.
   */
  @ParameterizedTest
  @CsvSource({"5, 7", "7, 5", "6, 5", "7, 6", "4, 6"})
  void sidesThatMayBeOddArePaddedAndRepeatedByTheirSize(int height, int width) throws Exception {
    var formula = new Formula("odd");
    var picture = new float[height * width];
    for (var i = 0; i < picture.length; i++) {
      picture[i] = (float) formula.x(i);
    }
    var pooled = pooled(picture, height, width);

    assertThat(
            run(
                (ops, x) -> ops.maxPool(x, Padding.SAME, PoolPadding.MINUS_INFINITY),
                picture,
                height,
                width))
        .containsExactly(pooled);
    assertThat(
            run(
                (ops, x) ->
                    ops.upsample(ops.maxPool(x, Padding.SAME, PoolPadding.MINUS_INFINITY), x),
                picture,
                height,
                width))
        .containsExactly(nearest(pooled, height, width));
  }

  private static float[] pooled(float[] x, int height, int width) {
    var rows = (height + 1) / 2;
    var columns = (width + 1) / 2;
    var pooled = new float[rows * columns];
    Arrays.fill(pooled, Float.NEGATIVE_INFINITY);
    for (var place = 0; place < 9 * pooled.length; place++) {
      var output = place / 9;
      var row = 2 * (output / columns) - height % 2 + place % 9 / 3;
      var column = 2 * (output % columns) - width % 2 + place % 3;
      if (row >= 0 && row < height && column >= 0 && column < width) {
        pooled[output] = Math.max(pooled[output], x[row * width + column]);
      }
    }
    return pooled;
  }

  private static float[] nearest(float[] x, int height, int width) {
    var rows = (height + 1) / 2;
    var columns = (width + 1) / 2;
    var larger = new float[height * width];
    for (var i = 0; i < larger.length; i++) {
      larger[i] = x[i / width * rows / height * columns + i % width * columns / width];
    }
    return larger;
  }

  /** Negative weights count as 0; 3 and -1 leave the first input, but for the epsilon. */
  @Test
  void fusionIsNormalisedByThePositiveWeights() throws Exception {
    assertThat(run((ops, x) -> ops.fuse("node", List.of(x, ops.add(x, x)), 1), 4, 8, 12, 16))
        .containsExactly(3, 6, 9, 12);
  }

  /** Of one picture of one channel, 2 x 2. */
  private static float[] run(
      BiFunction<OnnxOps, OnnxTensor, OnnxTensor> operation, float... picture) throws Exception {
    return run(operation, picture, 2, 2);
  }

  /** With sides that the graph does not know, unless they are 2. */
  private static float[] run(
      BiFunction<OnnxOps, OnnxTensor, OnnxTensor> operation, float[] picture, int height, int width)
      throws Exception {
    var multiple = height == 2 ? 2 : 1;
    var graph = new OnnxGraph("one operation", OnnxOptions.Precision.FLOAT32);
    var weights = new Tensor(new int[] {2}, new float[] {3, -1});
    graph.input(OnnxExport.IMAGES, DataType.FLOAT, 1, 1, "height", "width");
    var output =
        operation.apply(
            new OnnxOps(
                graph,
                new OnnxSides(OnnxOptions.FREE, OnnxOptions.FREE, multiple),
                name -> weights),
            OnnxTensor.written(1, 1, OnnxExport.IMAGES));
    graph.output(output.name(), "output", DataType.FLOAT, 1, 1, "rows", "columns");
    var model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph.build());
    try (var session = new OrtModel(model.build())) {
      return session.run(picture, 1, 1, height, width).get("output").floats();
    }
  }
}
