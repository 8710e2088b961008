package io.vigil.model.backend;

/** TensorFlow's SAME padding of one side; the odd one comes after. */
record Padding(long before, long after) {

  static Padding same(long size, int kernel, int stride) {
    var outputs = (size + stride - 1) / stride;
    var total = Math.max((outputs - 1) * stride + kernel - size, 0);
    return new Padding(total / 2, total - total / 2);
  }

  boolean symmetric() {
    return before == after;
  }
}
