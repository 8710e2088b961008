package io.vigil.model.backend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import io.vigil.model.config.Padding;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.graph.Ops;
import io.vigil.model.graph.Parameters;
import io.vigil.model.graph.Window;
import io.vigil.model.weights.ParameterSpec;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Computes the network on an engine's arrays, which remember what their gradients need. */
final class NDArrayOps implements Ops<NDArray> {

  private static final Shape NO_PADDING = new Shape(0, 0);
  private static final Shape NO_DILATION = new Shape(1, 1);
  private static final int NEAREST = 0;

  /** DJL swaps axes unless it is told the last one; PyTorch's channels are the second anyway. */
  private static final int CHANNELS_AS_THEY_ARE = -1;

  private final Function<String, NDArray> parameters;
  private final NormMode norms;
  private final ResidualDrop residualDrop;
  private final UnaryOperator<NDArray> swish;

  /**
   * @param parameters by canonical name
   */
  NDArrayOps(
      Function<String, NDArray> parameters,
      NormMode norms,
      ResidualDrop residualDrop,
      UnaryOperator<NDArray> swish) {
    this.parameters = parameters;
    this.norms = norms;
    this.residualDrop = residualDrop;
    this.swish = swish;
  }

  @Override
  public int channels(NDArray x) {
    return (int) x.getShape().get(1);
  }

  @Override
  public NDArray conv(String name, NDArray x, int outputs, Window window, Bias bias) {
    var weights = parameter(Parameters.kernel(name, outputs, channels(x), window.kernel()));
    var shift = bias == Bias.NONE ? null : parameter(Parameters.bias(name, outputs, bias));
    return convolved(x, weights, shift, window, 1);
  }

  @Override
  public NDArray depthwise(String name, NDArray x, Window window) {
    var weights = parameter(Parameters.depthwiseKernel(name, channels(x), window.kernel()));
    return convolved(x, weights, null, window, channels(x));
  }

  private static NDArray convolved(
      NDArray x, NDArray weights, NDArray bias, Window window, int groups) {
    var rows = Border.of(x.getShape().get(2), window);
    var columns = Border.of(x.getShape().get(3), window);
    var strides = new Shape(window.stride(), window.stride());
    var symmetric = rows.symmetric() && columns.symmetric();
    var padded = symmetric ? x : padded(x, rows, columns, 0);
    var padding = symmetric ? new Shape(rows.before(), columns.before()) : NO_PADDING;
    return Conv2d.conv2d(padded, weights, bias, strides, padding, NO_DILATION, groups)
        .singletonOrThrow();
  }

  @Override
  public NDArray batchNorm(String name, NDArray x, double epsilon) {
    var tensors = Parameters.batchNorm(name, channels(x)).stream().map(this::parameter).toList();
    var learns = norms.learns(name);
    return x.getNDArrayInternal()
        .batchNorm(
            x,
            tensors.get(2),
            tensors.get(3),
            tensors.get(0),
            tensors.get(1),
            CHANNELS_AS_THEY_ARE,
            (float) (1 - norms.batchShare()),
            (float) epsilon,
            learns)
        .singletonOrThrow();
  }

  @Override
  public NDArray activate(NDArray x, io.vigil.model.config.Activation activation) {
    return switch (activation) {
      case SWISH -> swish.apply(x);
      case RELU6 -> Activation.relu6(x);
    };
  }

  @Override
  public NDArray sigmoid(NDArray x) {
    return Activation.sigmoid(x);
  }

  @Override
  public NDArray add(NDArray a, NDArray b) {
    return a.add(b);
  }

  @Override
  public NDArray scale(NDArray x, NDArray factors) {
    return x.mul(factors);
  }

  @Override
  public NDArray fuse(String name, List<NDArray> inputs, double epsilon) {
    var weights = Activation.relu(parameter(Parameters.fusionWeights(name, inputs.size())));
    var shares = weights.div(weights.sum().add(epsilon));
    var sum = inputs.get(0).mul(shares.get(0));
    for (var i = 1; i < inputs.size(); i++) {
      sum = sum.add(inputs.get(i).mul(shares.get(i)));
    }
    return sum;
  }

  @Override
  public NDArray maxPool(NDArray x, Padding padding, PoolPadding border) {
    var value =
        switch (border) {
          case ZERO -> 0.0;
          case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
        };
    var window = new Window(3, 2, padding);
    var rows = Border.of(x.getShape().get(2), window);
    var columns = Border.of(x.getShape().get(3), window);
    return Pool.maxPool2d(
        padded(x, rows, columns, value), new Shape(3, 3), new Shape(2, 2), NO_PADDING, false);
  }

  @Override
  public NDArray upsample(NDArray x, NDArray like) {
    var size = new long[] {like.getShape().get(2), like.getShape().get(3)};
    return x.getNDArrayInternal().interpolation(size, NEAREST, false);
  }

  @Override
  public NDArray globalMean(NDArray x) {
    var pictures = x.getShape().get(0);
    var rows = x.reshape(pictures, channels(x), -1).mean(new int[] {2});
    return rows.reshape(pictures, channels(x), 1, 1);
  }

  @Override
  public NDArray dropConnect(NDArray x, double survival) {
    return residualDrop.apply(x, survival);
  }

  private NDArray parameter(ParameterSpec spec) {
    return parameters.apply(spec.name());
  }

  /** PyTorch's order: the last dimension first. */
  private static NDArray padded(NDArray x, Border rows, Border columns, double value) {
    return x.pad(new Shape(columns.before(), columns.after(), rows.before(), rows.after()), value);
  }
}
