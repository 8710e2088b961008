package io.vigil.model.runtime;

import java.util.Map;

/**
 * How a GPU computes what is float32 in a network. What is float16 in it stays float16.
 *
 * <p>The names and values of options are those of ONNX Runtime's CUDA provider.
 */
public enum GpuArithmetic {
  /**
   * Matrix units with inputs rounded to TF32's 10 bits, and for each shape the convolution that was
   * fastest when it was first met: two runs may round otherwise.
   */
  FAST(true, "EXHAUSTIVE"),
  /** The same in full float32. */
  FLOAT32(false, "EXHAUSTIVE"),
  /** Full float32 with convolutions that no timing chooses; equal batches give equal bits. */
  REPRODUCIBLE(false, "DEFAULT");

  private final boolean tf32;
  private final String convolutions;

  GpuArithmetic(boolean tf32, String convolutions) {
    this.tf32 = tf32;
    this.convolutions = convolutions;
  }

  Map<String, String> cudaOptions() {
    return Map.of("use_tf32", tf32 ? "1" : "0", "cudnn_conv_algo_search", convolutions);
  }
}
