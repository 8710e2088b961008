package io.vigil.connectors.video.decode;

import org.bytedeco.javacpp.IntPointer;

/**
 * How a decoded picture is turned to be displayed: mirrored left to right first, if at all, then
 * turned clockwise.
 *
 * @param mirrored left to right
 * @param quarterTurns clockwise, 0 to 3
 */
public record Orientation(boolean mirrored, int quarterTurns) {

  public static final Orientation UPRIGHT = new Orientation(false, 0);

  public boolean swapsSides() {
    return quarterTurns % 2 == 1;
  }

  /**
   * Reads a display matrix, nine 16.16 (last column 2.30) fixed-point numbers by rows: a point (x,
   * y) of the decoded picture is displayed at (x a + y c, x b + y d). Angles between the right ones
   * go to the nearest of these, as a picture that lies on its side by 5 degrees has no box.
   */
  static Orientation ofDisplayMatrix(IntPointer matrix) {
    return of(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
  }

  static Orientation of(double a, double b, double c, double d) {
    if (a * d - b * c == 0) {
      return UPRIGHT;
    }
    boolean mirrored = a * d - b * c < 0;
    double sign = mirrored ? -1 : 1;
    // Where the mirrored picture's x axis points; y goes down, so this angle is clockwise.
    double clockwise = Math.atan2(sign * b, sign * a);
    return new Orientation(mirrored, Math.floorMod(Math.round(clockwise / (Math.PI / 2)), 4));
  }
}
