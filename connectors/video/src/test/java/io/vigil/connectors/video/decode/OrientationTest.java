package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.detect.Letterbox;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  /**
   * A picture of 2 x 1 pixels, 1 and 2, through each display matrix (a b; c d), which takes x to
   * (a, b) and y, downwards, to (c, d).
   */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, 12",
    "-1, 0, 0, 1, 21",
    "1, 0, 0, -1, 12",
    "-1, 0, 0, -1, 21",
    "0, 1, -1, 0, 1/2",
    "0, -1, 1, 0, 2/1",
    "0, 1, 1, 0, 1/2",
    "0, -1, -1, 0, 2/1",
  })
  void theDisplayMatrixSaysWhereThePixelsGo(double a, double b, double c, double d, String shown) {
    var orientation = Orientation.of(a, b, c, d);
    boolean upright = shown.contains("/");
    var letterbox = upright ? Letterbox.of(1, 2, 2, 1, false) : Letterbox.of(2, 1, 2, 1, false);
    assertThat(orientation.swapsSides()).isEqualTo(upright);
    byte[] turned = turn(new byte[] {1, 1, 1, 2, 2, 2}, 2, 1, orientation, letterbox);
    var digits = shown.replace("/", "");
    assertThat(turned[0]).isEqualTo((byte) (digits.charAt(0) - '0'));
    assertThat(turned[3]).isEqualTo((byte) (digits.charAt(1) - '0'));
  }

  /** The other axis: 1 above 2. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, 1/2",
    "-1, 0, 0, 1, 1/2",
    "1, 0, 0, -1, 2/1",
    "-1, 0, 0, -1, 2/1",
    "0, 1, -1, 0, 21",
    "0, -1, 1, 0, 12",
    "0, 1, 1, 0, 12",
    "0, -1, -1, 0, 21",
  })
  void theOtherAxisToo(double a, double b, double c, double d, String shown) {
    boolean upright = shown.contains("/");
    var letterbox = upright ? Letterbox.of(1, 2, 2, 1, false) : Letterbox.of(2, 1, 2, 1, false);
    var orientation = Orientation.of(a, b, c, d);
    byte[] turned = turn(new byte[] {1, 1, 1, 2, 2, 2}, 1, 2, orientation, letterbox);
    var digits = shown.replace("/", "");
    assertThat(turned[0]).isEqualTo((byte) (digits.charAt(0) - '0'));
    assertThat(turned[3]).isEqualTo((byte) (digits.charAt(1) - '0'));
  }

  private static byte[] turn(
      byte[] rgb, int width, int height, Orientation orientation, Letterbox letterbox) {
    return Letterboxing.letterbox(rgb, height, width, orientation, letterbox, Fill.BLACK);
  }
}
