package io.vigil.model.backend;

import static io.vigil.model.backend.OnnxGraph.integer;
import static io.vigil.model.backend.OnnxGraph.ints;
import static io.vigil.model.backend.OnnxGraph.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.vigil.model.config.Activation;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.graph.Ops;
import io.vigil.model.graph.Parameters;
import io.vigil.model.graph.Window;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the network down as ONNX nodes, in the form that ONNX Runtime runs fastest: batch norms
 * folded, padding in attributes, fusion weights constant. Where all sizes are even SAME padding is
 * the same for every size and is written as numbers; where they may be odd, above the backbone of
 * some lite models, ONNX Runtime finds it out.
 */
class OnnxOps implements Ops<OnnxTensor> {

  final OnnxGraph graph;
  final OnnxSides sides;
  private final Weights weights;

  OnnxOps(OnnxGraph graph, OnnxSides sides, Weights weights) {
    this.graph = graph;
    this.sides = sides;
    this.weights = weights;
  }

  @Override
  public int channels(OnnxTensor x) {
    return x.channels();
  }

  @Override
  public OnnxTensor conv(String name, OnnxTensor x, int outputs, Window window, Bias bias) {
    var weight = parameter(Parameters.kernel(name, outputs, x.channels(), window.kernel()));
    var shift = bias == Bias.NONE ? null : parameter(Parameters.bias(name, outputs, bias));
    return pending(
        x.stride() * window.stride(), new Convolution(name, x.name(), weight, shift, window, 1));
  }

  @Override
  public OnnxTensor depthwise(String name, OnnxTensor x, Window window) {
    var weight = parameter(Parameters.depthwiseKernel(name, x.channels(), window.kernel()));
    return pending(
        x.stride() * window.stride(),
        new Convolution(name, x.name(), weight, null, window, x.channels()));
  }

  @Override
  public OnnxTensor batchNorm(String name, OnnxTensor x, double epsilon) {
    var convolution = x.pendingConvolution();
    if (convolution == null) {
      throw new IllegalStateException(name + " follows no convolution that it could fold into.");
    }
    return pending(x.stride(), convolution.folded(name, statistics(name, x.channels(), epsilon)));
  }

  @Override
  public OnnxTensor activate(OnnxTensor x, Activation activation) {
    return switch (activation) {
      // ONNX Runtime makes one QuickGelu of the two.
      case SWISH -> written(x, graph.node("Mul", List.of(x.name(), sigmoid(x).name())));
      case RELU6 ->
          written(
              x,
              graph.node(
                  "Clip", List.of(x.name(), graph.floats("zero", 0), graph.floats("six", 6))));
    };
  }

  @Override
  public OnnxTensor sigmoid(OnnxTensor x) {
    return written(x, graph.node("Sigmoid", List.of(x.name())));
  }

  @Override
  public OnnxTensor add(OnnxTensor a, OnnxTensor b) {
    return written(a, graph.node("Add", List.of(a.name(), b.name())));
  }

  @Override
  public OnnxTensor scale(OnnxTensor x, OnnxTensor factors) {
    return written(x, graph.node("Mul", List.of(x.name(), factors.name())));
  }

  /** Each input times its weight as a depthwise 1 x 1: that stays in the blocked layout. */
  @Override
  public OnnxTensor fuse(String name, List<OnnxTensor> inputs, double epsilon) {
    var shares = shares(fusionWeights(name, inputs.size()), epsilon);
    var weighted = new ArrayList<OnnxTensor>();
    for (var input : inputs) {
      var share = name + ".input" + weighted.size();
      weighted.add(written(input, times(share, input, shares[weighted.size()], 0)));
    }
    return weighted.stream().reduce(this::add).orElseThrow();
  }

  @Override
  public OnnxTensor maxPool(OnnxTensor x, Padding padding, PoolPadding border) {
    if (sides.mayBeOdd(x.stride())) {
      return poolOfAnySize(x);
    }
    return switch (border) {
      case MINUS_INFINITY -> pool(x, x.name(), poolBorder(padding));
      // A Pad node before a pool would be taken for minus infinity by ONNX Runtime's Pad_Fusion,
      // and would leave the blocked layout.
      case ZERO -> pool(x, times("pool.border", x, 1, 1), 0, 0, 0, 0);
    };
  }

  /** Top, left, bottom, right. */
  static long[] poolBorder(Padding padding) {
    return padding == Padding.SAME ? new long[] {0, 0, 1, 1} : new long[] {1, 1, 1, 1};
  }

  /** Padded with minus infinity; configurations see to it that no other is asked for here. */
  final OnnxTensor poolOfAnySize(OnnxTensor x) {
    var output =
        graph.node(
            "MaxPool",
            List.of(x.name()),
            ints("kernel_shape", 3, 3),
            ints("strides", 2, 2),
            text("auto_pad", "SAME_UPPER"));
    return written(x.channels(), 2 * x.stride(), output);
  }

  @Override
  public OnnxTensor upsample(OnnxTensor x, OnnxTensor like) {
    if (sides.mayBeOdd(like.stride())) {
      return upsampleToAnySize(x, like);
    }
    var factors = graph.singles("upsample.factors", new float[] {1, 1, 2, 2}, 4);
    var output =
        graph.node(
            "Resize",
            List.of(x.name(), "", factors),
            text("mode", "nearest"),
            text("nearest_mode", "floor"),
            text("coordinate_transformation_mode", "asymmetric"));
    return written(x.channels(), x.stride() / 2, output);
  }

  /** The factor is the quotient of the sides: 5/3 where 5 places were pooled to 3. */
  private OnnxTensor upsampleToAnySize(OnnxTensor x, OnnxTensor like) {
    var channels = graph.node("Shape", List.of(x.name()), integer("end", 2));
    var places = graph.node("Shape", List.of(like.name()), integer("start", 2));
    var sizes = graph.node("Concat", List.of(channels, places), integer("axis", 0));
    var output =
        graph.node(
            "Resize",
            List.of(x.name(), "", "", sizes),
            text("mode", "nearest"),
            text("nearest_mode", "floor"),
            text("coordinate_transformation_mode", "asymmetric"));
    return written(x.channels(), like.stride(), output);
  }

  @Override
  public OnnxTensor globalMean(OnnxTensor x) {
    var output = graph.node("GlobalAveragePool", List.of(x.name()));
    return written(x.channels(), OnnxSides.WHOLE, output);
  }

  /**
   * The maps of a head, which ends in the same 1 x 1 convolution at every level, as rows [N,
   * places, outputs] of all places in the order level, y, x. Convolutions give planes, and to turn
   * megabytes of planes into rows costs as much as to compute them; one matrix product over the
   * places of all levels gives rows at once.
   */
  String rows(List<OnnxTensor> maps) {
    var predictor = maps.get(0).pendingConvolution();
    var inputs = predictor.kernel().shape()[1];
    var places = new ArrayList<String>();
    for (var map : maps) {
      places.add(rows(map.pendingConvolution().input(), inputs));
    }
    var x = graph.node("Concat", places, integer("axis", 1));
    // A column of ones brings the bias into the product.
    var column = graph.longs("bias.column", 0, 0, 0, 0, 0, 1);
    x = graph.node("Pad", List.of(x, column, graph.floats("bias.one", 1)));
    return graph.node("MatMul", List.of(x, matrix(predictor)));
  }

  /** [N, C, H, W] to [N, H * W, C]. */
  final String rows(String map, int channels) {
    var rows = graph.node("Transpose", List.of(map), ints("perm", 0, 2, 3, 1));
    return graph.node("Reshape", List.of(rows, graph.longs("rows." + channels, 0, -1, channels)));
  }

  /** [inputs + 1, outputs]; the last row is the bias. */
  private String matrix(Convolution predictor) {
    var outputs = predictor.outputs();
    var inputs = predictor.kernel().shape()[1];
    var values = new float[(inputs + 1) * outputs];
    for (var output = 0; output < outputs; output++) {
      for (var input = 0; input < inputs; input++) {
        values[input * outputs + output] = predictor.kernel().values()[output * inputs + input];
      }
      values[inputs * outputs + output] = predictor.bias().values()[output];
    }
    return graph.floats(predictor.name() + ".matrix", values, inputs + 1, outputs);
  }

  final OnnxTensor written(OnnxTensor like, String name) {
    return written(like.channels(), like.stride(), name);
  }

  final OnnxTensor written(int channels, int stride, String name) {
    note(name, channels, stride);
    return OnnxTensor.written(channels, stride, name);
  }

  private OnnxTensor pending(int stride, Convolution convolution) {
    return OnnxTensor.pending(
        stride,
        convolution,
        () -> {
          var name = write(convolution);
          note(name, convolution.outputs(), stride);
          return name;
        });
  }

  /**
   * Says what a tensor's shape is. Where sizes are free, ONNX Runtime cannot see for itself that
   * two tensors have the same shape, and adds only such in the blocked layout without ado.
   */
  void note(String name, int channels, int stride) {
    graph.note(
        name, graph.type(), OnnxExport.BATCH, channels, sides.height(stride), sides.width(stride));
  }

  String write(Convolution convolution) {
    return graph.node(
        "Conv", constants(convolution), attributes(convolution, padding(convolution)));
  }

  final List<String> constants(Convolution convolution) {
    var inputs = new ArrayList<String>();
    inputs.add(convolution.input());
    inputs.add(constant(convolution.name() + ".weight", convolution.kernel()));
    if (convolution.bias() != null) {
      inputs.add(constant(convolution.name() + ".bias", convolution.bias()));
    }
    return inputs;
  }

  static AttributeProto[] attributes(Convolution convolution, long[] padding) {
    var size = convolution.size();
    return new AttributeProto[] {
      ints("kernel_shape", size, size),
      ints("strides", convolution.window().stride(), convolution.window().stride()),
      integer("group", convolution.groups()),
      ints("pads", padding)
    };
  }

  /** Top, left, bottom, right. */
  static long[] padding(Convolution convolution) {
    var window = convolution.window();
    var total = window.kernel() - window.stride();
    var before = window.padding() == Padding.SAME ? total / 2 : window.kernel() / 2;
    var after = window.padding() == Padding.SAME ? total - before : before;
    return new long[] {before, before, after, after};
  }

  /**
   * @param bordered the tensor with what surrounds it, or without where {@code padding} adds it
   * @param padding top, left, bottom, right
   */
  final OnnxTensor pool(OnnxTensor x, String bordered, long... padding) {
    var output =
        graph.node(
            "MaxPool",
            List.of(bordered),
            ints("kernel_shape", 3, 3),
            ints("strides", 2, 2),
            ints("pads", padding));
    return written(x.channels(), 2 * x.stride(), output);
  }

  /** Every channel times one figure, with rows and columns of zeros at the bottom and the right. */
  private String times(String name, OnnxTensor x, float factor, int border) {
    var values = new float[x.channels()];
    Arrays.fill(values, factor);
    var constant = name + "." + x.channels() + ".weight";
    return graph.node(
        "Conv",
        List.of(x.name(), graph.floats(constant, values, x.channels(), 1, 1, 1)),
        ints("kernel_shape", 1, 1),
        integer("group", x.channels()),
        ints("pads", 0, 0, border, border));
  }

  private static float[] shares(float[] fusionWeights, double epsilon) {
    var sum = epsilon;
    for (var weight : fusionWeights) {
      sum += Math.max(weight, 0);
    }
    var shares = new float[fusionWeights.length];
    for (var i = 0; i < shares.length; i++) {
      shares[i] = (float) (Math.max(fusionWeights[i], 0) / sum);
    }
    return shares;
  }

  final float[] fusionWeights(String name, int inputs) {
    return parameter(Parameters.fusionWeights(name, inputs)).values();
  }

  final Convolution.BatchNorm statistics(String name, int channels, double epsilon) {
    var specs = Parameters.batchNorm(name, channels);
    return new Convolution.BatchNorm(
        parameter(specs.get(0)),
        parameter(specs.get(1)),
        parameter(specs.get(2)),
        parameter(specs.get(3)),
        epsilon);
  }

  final String constant(String name, Tensor tensor) {
    return graph.floats(name, tensor.values(), tensor.shape());
  }

  final Tensor parameter(ParameterSpec spec) {
    var tensor = weights.tensor(spec.name());
    if (!Arrays.equals(tensor.shape(), spec.shape())) {
      throw new IllegalArgumentException(
          "%s has the shape %s where the network needs %s."
              .formatted(
                  spec.name(), Arrays.toString(tensor.shape()), Arrays.toString(spec.shape())));
    }
    return tensor;
  }
}
