package io.vigil.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvesTest {

  private static final int INFINITY = 0x7c00;

  /** The value of finite bits, by the definition: fraction, exponent, subnormals below 2^-14. */
  private static float value(int bits) {
    var exponent = bits >> 10;
    var fraction = bits & 0x3ff;
    return exponent == 0
        ? Math.scalb((float) fraction, -24)
        : Math.scalb((float) (0x400 | fraction), exponent - 25);
  }

  private static int bits(float value) {
    return Halves.of(value) & 0xffff;
  }

  @Test
  void everyHalfIsItself() {
    for (var bits = 0; bits < INFINITY; bits++) {
      assertThat(bits(value(bits))).isEqualTo(bits);
      assertThat(bits(-value(bits))).isEqualTo(bits | 0x8000);
    }
  }

  @Test
  void whatLiesBetweenGoesToTheNearestAndFromTheMiddleToTheEven() {
    for (var bits = 0; bits < INFINITY - 1; bits++) {
      var middle = (value(bits) + value(bits + 1)) / 2;
      assertThat(bits(middle)).isEqualTo(bits + (bits & 1));
      assertThat(bits(Math.nextDown(middle))).isEqualTo(bits);
      assertThat(bits(Math.nextUp(middle))).isEqualTo(bits + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65504, 7bff",
    "65519.996, 7bff",
    "65520, 7c00",
    "3e38, 7c00",
    "Infinity, 7c00",
    "-Infinity, fc00",
    "-0.0, 8000",
    "1e-30, 0"
  })
  void theEndsAreKnown(float value, String hex) {
    assertThat(Integer.toHexString(bits(value))).isEqualTo(hex);
  }

  @Test
  void whatIsNoNumberStaysSo() {
    assertThat(bits(Float.NaN) & 0x7fff).isGreaterThan(INFINITY);
  }
}
