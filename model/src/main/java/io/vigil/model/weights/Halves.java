package io.vigil.model.weights;

/** IEEE 754 binary16, which Java 17 cannot convert to. */
public final class Halves {

  /** The largest finite number. */
  static final float LARGEST = 65504;

  private static final float SMALLEST_NORMAL = 0x1p-14f;
  private static final float SUBNORMAL_STEP = 0x1p-24f;

  private Halves() {}

  /** The nearest half; of two as near, the one that ends in 0. What is above all is infinite. */
  public static short of(float value) {
    var sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    return (short) (sign | (Float.isNaN(value) ? 0x7e00 : magnitude(Math.abs(value))));
  }

  /**
   * @throws IllegalArgumentException if a value is above the largest half; says whose
   */
  public static void require(String name, float[] values) {
    for (var value : values) {
      if (Math.abs(value) > LARGEST) {
        throw new IllegalArgumentException(
            "%s has the value %s, but float16 ends at %s; export it as float32."
                .formatted(name, value, LARGEST));
      }
    }
  }

  private static int magnitude(float value) {
    if (value < SMALLEST_NORMAL) {
      return (int) Math.rint(value / SUBNORMAL_STEP);
    }
    var bits = Float.floatToRawIntBits(value);
    // Half of the last place that stays, less one where that place is even.
    var rounded = bits + 0xfff + (bits >>> 13 & 1);
    return Math.min((rounded >>> 13) - (112 << 10), 0x7c00);
  }
}
