package io.vigil.model.backend;

import java.util.function.Supplier;

/**
 * A tensor of the ONNX reading. One that a convolution gives is written down only when something
 * reads it, so that a batch norm that comes first can still be folded in.
 */
final class OnnxTensor {

  private final int channels;
  private final int stride;
  private final Convolution convolution;
  private final Supplier<String> writer;
  private String name;

  private OnnxTensor(
      int channels, int stride, Convolution convolution, Supplier<String> writer, String name) {
    this.channels = channels;
    this.stride = stride;
    this.convolution = convolution;
    this.writer = writer;
    this.name = name;
  }

  static OnnxTensor written(int channels, int stride, String name) {
    return new OnnxTensor(channels, stride, null, () -> name, name);
  }

  static OnnxTensor pending(int stride, Convolution convolution, Supplier<String> writer) {
    return new OnnxTensor(convolution.outputs(), stride, convolution, writer, null);
  }

  int channels() {
    return channels;
  }

  /** Pixels of the picture from one place to the next, or {@link OnnxSides#WHOLE}. */
  int stride() {
    return stride;
  }

  /** The convolution behind it, or null if it is none, or one that is written down already. */
  Convolution pendingConvolution() {
    return name == null ? convolution : null;
  }

  /** Writes it down if that was not done yet. */
  String name() {
    if (name == null) {
      name = writer.get();
    }
    return name;
  }
}
