package io.vigil.model.graph;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.graph.Ops.Bias;

/**
 * Operations in the groups that recur, with the figures that are the same in the whole network.
 *
 * @param ops the reading
 * @param config of the network
 * @param epsilon of this part's batch norms
 */
record Layers<T>(Ops<T> ops, EfficientDetConfig config, double epsilon) {

  T norm(String name, T x) {
    return ops.batchNorm(name, x, epsilon);
  }

  Window window(int kernel, int stride) {
    return new Window(kernel, stride, config.implementation().padding());
  }

  T activate(T x) {
    return ops.activate(x, config.activation());
  }

  /** Of the convolutions outside the backbone that a batch norm follows. */
  Bias biasBeforeNorm() {
    return config.implementation().biasBeforeNorm() ? Bias.ZERO : Bias.NONE;
  }

  /** Depthwise 3 x 3, then 1 x 1. */
  T separable(String name, T x, int outputs, Bias bias) {
    var y = ops.depthwise(name + ".depthwise", x, window(3, 1));
    return ops.conv(name + ".pointwise", y, outputs, Window.POINT, bias);
  }

  /** To the pyramid's channels. */
  T lateral(String name, T x) {
    var y = ops.conv(name + ".conv", x, config.fpnChannels(), Window.POINT, biasBeforeNorm());
    return norm(name + ".norm", y);
  }
}
