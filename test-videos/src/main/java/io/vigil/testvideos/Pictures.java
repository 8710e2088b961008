package io.vigil.testvideos;

import java.awt.Color;
import java.awt.image.BufferedImage;

/** Pictures whose content a test can read back. */
final class Pictures {

  /** Bits of the number at the foot of a numbered picture. */
  static final int BITS = 8;

  /** Of the colour bars, left to right; each inside the RGB cube, so that no error is clipped. */
  static final Color[] BARS = {
    new Color(191, 191, 191),
    new Color(191, 191, 24),
    new Color(24, 191, 191),
    new Color(24, 191, 24),
    new Color(191, 24, 191),
    new Color(191, 24, 24),
    new Color(24, 24, 191),
    new Color(24, 24, 24)
  };

  private static final double FIRST_SECOND = 3;
  private static final double FRAMES_PER_SECOND = 24;
  private static final int STRIP = 6;

  private Pictures() {}

  /**
   * The street, and in its lowest sixth the frame's number: blocks of equal width, white for 1 and
   * black for 0, the lowest bit on the left.
   */
  static BufferedImage numbered(Street street, int number, int width, int height) {
    var picture = street.frame(FIRST_SECOND + number / FRAMES_PER_SECOND, width, height).picture();
    int top = height - height / STRIP;
    for (int bit = 0; bit < BITS; bit++) {
      int left = bit * width / BITS;
      boolean one = (number >> bit & 1) == 1;
      fill(picture, one ? Color.WHITE : Color.BLACK, left, top, (bit + 1) * width / BITS, height);
    }
    return picture;
  }

  static BufferedImage bars(int width, int height) {
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < BARS.length; i++) {
      fill(picture, BARS[i], i * width / BARS.length, 0, (i + 1) * width / BARS.length, height);
    }
    return picture;
  }

  private static void fill(
      BufferedImage picture, Color colour, int left, int top, int right, int bottom) {
    var graphics = picture.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(left, top, right - left, bottom - top);
    graphics.dispose();
  }
}
