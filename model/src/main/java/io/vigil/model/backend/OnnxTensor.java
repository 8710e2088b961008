package io.vigil.model.backend;

import java.util.function.Supplier;

/**
 * A tensor of the ONNX reading. One that a convolution gives is written down only when something
 * reads it, so that a batch norm that comes first can still be folded in.
 */
final class OnnxTensor {

  private final int channels;
  private final Convolution convolution;
  private final Supplier<String> writer;
  private String name;

  private OnnxTensor(int channels, Convolution convolution, Supplier<String> writer, String name) {
    this.channels = channels;
    this.convolution = convolution;
    this.writer = writer;
    this.name = name;
  }

  static OnnxTensor written(int channels, String name) {
    return new OnnxTensor(channels, null, () -> name, name);
  }

  static OnnxTensor pending(Convolution convolution, Supplier<String> writer) {
    return new OnnxTensor(convolution.outputs(), convolution, writer, null);
  }

  int channels() {
    return channels;
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
