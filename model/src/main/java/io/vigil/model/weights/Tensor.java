package io.vigil.model.weights;

/**
 * A float32 tensor in row-major order; convolution kernels are OIHW. The values are shared, not
 * copied, and not to be written to.
 */
public record Tensor(int[] shape, float[] values) {}
