package io.vigil.model.backend;

import static io.vigil.model.backend.OnnxGraph.integer;
import static io.vigil.model.backend.OnnxGraph.real;

import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.weights.Weights;
import java.util.Arrays;
import java.util.List;

/** Writes every operation as it stands, to see what {@link OnnxOps} gains. */
final class OnnxPlainOps extends OnnxOps {

  private static final long[] NO_PADDING = new long[4];

  OnnxPlainOps(OnnxGraph graph, OnnxSides sides, Weights weights) {
    super(graph, sides, weights);
  }

  /** Shapes are left for ONNX Runtime to infer. */
  @Override
  void note(String name, int channels, int stride) {}

  @Override
  public OnnxTensor batchNorm(String name, OnnxTensor x, double epsilon) {
    var statistics = statistics(name, x.channels(), epsilon);
    var inputs =
        List.of(
            x.name(),
            constant(name + ".scale", statistics.scale()),
            constant(name + ".shift", statistics.shift()),
            constant(name + ".mean", statistics.mean()),
            constant(name + ".variance", statistics.variance()));
    return written(x, graph.node("BatchNormalization", inputs, real("epsilon", epsilon)));
  }

  @Override
  public OnnxTensor fuse(String name, List<OnnxTensor> inputs, double epsilon) {
    var raw = graph.floats(name + ".weights", fusionWeights(name, inputs.size()), inputs.size());
    var weights = graph.node("Relu", List.of(raw));
    var sum = graph.node("ReduceSum", List.of(weights), integer("keepdims", 0));
    sum = graph.node("Add", List.of(sum, graph.floats("fusion.epsilon", epsilon)));
    var shares = graph.node("Div", List.of(weights, sum));
    OnnxTensor fused = null;
    for (var i = 0; i < inputs.size(); i++) {
      var share = graph.node("Gather", List.of(shares, graph.longs("place" + i, i)));
      var x = inputs.get(i);
      var weighted = written(x, graph.node("Mul", List.of(x.name(), share)));
      fused = fused == null ? weighted : add(fused, weighted);
    }
    return fused;
  }

  @Override
  public OnnxTensor maxPool(OnnxTensor x, Padding padding, PoolPadding border) {
    if (sides.mayBeOdd(x.stride())) {
      return poolOfAnySize(x);
    }
    // 1e-30 for 0: ONNX Runtime's Pad_Fusion takes a pad of 0 before a pool for minus infinity.
    var value = border == PoolPadding.ZERO ? 1e-30 : Double.NEGATIVE_INFINITY;
    var bordered = pad(x.name(), poolBorder(padding), "border." + border, value);
    return pool(x, bordered, NO_PADDING);
  }

  @Override
  String rows(List<OnnxTensor> maps) {
    var rows = maps.stream().map(map -> rows(map.name(), map.channels())).toList();
    return graph.node("Concat", rows, integer("axis", 1));
  }

  @Override
  String write(Convolution convolution) {
    var padding = padding(convolution);
    var inputs = constants(convolution);
    if (!Arrays.equals(padding, NO_PADDING)) {
      inputs.set(0, pad(inputs.get(0), padding, "border", 0));
    }
    return graph.node("Conv", inputs, attributes(convolution, NO_PADDING));
  }

  /** Top, left, bottom, right. */
  private String pad(String x, long[] padding, String name, double border) {
    var amounts =
        graph.longs(
            "pads." + Arrays.toString(padding).replaceAll("\\D+", "."),
            0,
            0,
            padding[0],
            padding[1],
            0,
            0,
            padding[2],
            padding[3]);
    return graph.node("Pad", List.of(x, amounts, graph.floats(name, border)));
  }
}
