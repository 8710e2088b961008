package io.vigil.model.backend;

import io.vigil.model.graph.Window;
import io.vigil.model.weights.Tensor;

/**
 * A convolution that may still take in the batch norm behind it.
 *
 * @param name of its constants
 * @param input tensor that it reads
 * @param kernel [outputs, inputs / groups, size, size]
 * @param bias [outputs], or null
 * @param window that it looks at
 */
record Convolution(
    String name, String input, Tensor kernel, Tensor bias, Window window, int groups) {

  int outputs() {
    return kernel.shape()[0];
  }

  int size() {
    return kernel.shape()[2];
  }

  /** Computed in double and rounded once. */
  Convolution folded(String norm, BatchNorm batchNorm) {
    var weights = kernel.values().clone();
    var shifts = new float[outputs()];
    var rowLength = weights.length / outputs();
    for (var output = 0; output < outputs(); output++) {
      var factor = batchNorm.factor(output);
      for (var i = output * rowLength; i < (output + 1) * rowLength; i++) {
        weights[i] = (float) (weights[i] * factor);
      }
      var offset = bias == null ? 0 : bias.values()[output];
      shifts[output] = (float) batchNorm.shifted(output, offset);
    }
    return new Convolution(
        norm + ".folded",
        input,
        new Tensor(kernel.shape(), weights),
        new Tensor(new int[] {outputs()}, shifts),
        window,
        groups);
  }

  /** y = (x - mean) * scale / sqrt(variance + epsilon) + shift. */
  record BatchNorm(Tensor scale, Tensor shift, Tensor mean, Tensor variance, double epsilon) {

    double factor(int channel) {
      return scale.values()[channel] / Math.sqrt(variance.values()[channel] + epsilon);
    }

    double shifted(int channel, double x) {
      return (x - mean.values()[channel]) * factor(channel) + shift.values()[channel];
    }
  }
}
