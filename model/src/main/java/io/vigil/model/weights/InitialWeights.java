package io.vigil.model.weights;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The weights that a network starts from before training: convolution kernels by variance scaling
 * (a normal distribution of variance 1 / fan-in, cut off at two standard deviations), biases 0,
 * except that every class starts at a probability of 0.01 ("Focal Loss for Dense Object Detection",
 * section 4.1); batch norm does nothing; fusion weights are equal.
 *
 * <p>The same seed gives the same bits on every machine: a tensor's numbers come from a splitmix64
 * of its own, by name, and from StrictMath.
 */
public final class InitialWeights {
  /** -log((1 - 0.01) / 0.01). */
  static final float CLASS_BIAS = (float) -StrictMath.log(99);

  /** Standard deviation of the unit normal distribution between -2 and 2. */
  private static final double CUT_OFF_DEVIATION = 0.8796256610342398;

  private InitialWeights() {}

  public static Weights of(Collection<ParameterSpec> parameters, long seed) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (ParameterSpec parameter : parameters) {
      float[] values =
          switch (parameter.role()) {
            case CONV_KERNEL, DEPTHWISE_KERNEL -> kernel(parameter, seed);
            case CONV_BIAS, BN_SHIFT, BN_MEAN -> filled(parameter, 0);
            case CLASS_PREDICTOR_BIAS -> filled(parameter, CLASS_BIAS);
            case FUSION_WEIGHTS, BN_SCALE, BN_VARIANCE -> filled(parameter, 1);
          };
      tensors.put(parameter.name(), new Tensor(parameter.shape(), values));
    }
    return new NamedTensors(tensors);
  }

  private static float[] filled(ParameterSpec parameter, float value) {
    float[] values = new float[elements(parameter)];
    Arrays.fill(values, value);
    return values;
  }

  private static int elements(ParameterSpec parameter) {
    return Arrays.stream(parameter.shape()).reduce(1, Math::multiplyExact);
  }

  /** OIHW: a filter's fan-in is all but the first dimension. */
  private static float[] kernel(ParameterSpec parameter, long seed) {
    float[] values = new float[elements(parameter)];
    int fanIn = values.length / parameter.shape()[0];
    double deviation = Math.sqrt(1.0 / fanIn) / CUT_OFF_DEVIATION;
    var random = new SplitMix64(seed ^ nameSeed(parameter.name()));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextCutOffNormal());
    }
    return values;
  }

  private static long nameSeed(String name) {
    CRC32 checksum = new CRC32();
    checksum.update(name.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue() << 32;
  }

  /** "Fast Splittable Pseudorandom Number Generators", Steele, Lea and Flood 2014. */
  private static final class SplitMix64 {
    private long state;

    SplitMix64(long seed) {
      state = seed;
    }

    private long next() {
      state += 0x9E3779B97F4A7C15L;
      long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      return z ^ z >>> 31;
    }

    /** In (0, 1]. */
    private double nextUniform() {
      return ((next() >>> 11) + 1) * 0x1p-53;
    }

    /** Box and Muller 1958; a draw beyond two deviations is drawn again. */
    double nextCutOffNormal() {
      double normal;
      do {
        double radius = Math.sqrt(-2 * StrictMath.log(nextUniform()));
        normal = radius * StrictMath.cos(2 * Math.PI * nextUniform());
      } while (Math.abs(normal) > 2);
      return normal;
    }
  }
}
