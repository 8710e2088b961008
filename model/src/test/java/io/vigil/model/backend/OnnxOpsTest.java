package io.vigil.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.vigil.model.config.Activation;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.weights.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

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
    assertThat(run((ops, x) -> ops.maxPool(x, PoolPadding.ZERO), -4, -3, -2, -5))
        .containsExactly(0);
    assertThat(run((ops, x) -> ops.maxPool(x, PoolPadding.MINUS_INFINITY), -4, -3, -2, -5))
        .containsExactly(-2);
  }

  @Test
  void upsamplingRepeats() throws Exception {
    assertThat(run(OnnxOps::upsample, 1, 2, 3, 4))
        .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
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
    var graph = new OnnxGraph("one operation");
    var weights = new Tensor(new int[] {2}, new float[] {3, -1});
    graph.input(OnnxExport.IMAGES, DataType.FLOAT, 1, 1, 2, 2);
    var output =
        operation.apply(
            new OnnxOps(graph, new OnnxSides(2, 2), name -> weights),
            OnnxTensor.written(1, 1, OnnxExport.IMAGES));
    graph.output(output.name(), "output", DataType.FLOAT, 1, 1, "rows", "columns");
    var model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph.build());
    try (var session = new OrtModel(model.build())) {
      return session.run(picture, 1, 1, 2, 2).get("output").floats();
    }
  }
}
