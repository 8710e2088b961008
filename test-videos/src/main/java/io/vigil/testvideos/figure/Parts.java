package io.vigil.testvideos.figure;

import static io.vigil.testvideos.render.Painter.at;

import io.vigil.testvideos.render.Painter;

/** Parts that vehicles share. */
final class Parts {

  static final int GLASS = 0x2A3440;
  static final int TYRE = 0x18181A;
  static final int HEAD_LAMP = 0xFFF2CC;
  static final int TAIL_LAMP = 0xB01818;

  private Parts() {}

  /** Wheels on both sides, upright discs with a tread. */
  static void wheels(
      Painter painter, double x, double outside, double radius, int rim, double turn) {
    for (int side = -1; side <= 1; side += 2) {
      if (painter.towardsCamera(0, side) > -0.35) {
        wheel(painter, x, side * outside, side, radius, rim, turn);
      }
    }
  }

  private static void wheel(
      Painter painter, double x, double y, int side, double radius, int rim, double turn) {
    int sides = painter.samplesPerMetre() > 50 ? 16 : 10;
    painter.decal(4, TYRE, disc(x, y, radius, radius, sides, 0));
    double inner = y - side * 0.22;
    for (int i = 0; i < sides; i++) {
      double a = 2 * Math.PI * i / sides;
      double b = 2 * Math.PI * (i + 1) / sides;
      painter.decal(
          0,
          TYRE,
          at(x + radius * StrictMath.cos(a), y, radius + radius * StrictMath.sin(a)),
          at(x + radius * StrictMath.cos(b), y, radius + radius * StrictMath.sin(b)),
          at(x + radius * StrictMath.cos(b), inner, radius + radius * StrictMath.sin(b)),
          at(x + radius * StrictMath.cos(a), inner, radius + radius * StrictMath.sin(a)));
    }
    painter.decal(5, rim, disc(x, y, radius, 0.62 * radius, sides, 0));
    for (int i = 0; i < 5; i++) {
      double a = -turn + 2 * Math.PI * i / 5;
      painter.decal(6, 0x2C2C30, spoke(x, y, radius, a));
    }
  }

  private static double[] spoke(double x, double y, double radius, double angle) {
    double near = 0.2 * radius;
    double far = 0.55 * radius;
    return new double[] {
      x + near * StrictMath.cos(angle),
      y,
      radius + near * StrictMath.sin(angle),
      x + far * StrictMath.cos(angle - 0.35),
      y,
      radius + far * StrictMath.sin(angle - 0.35),
      x + far * StrictMath.cos(angle + 0.35),
      y,
      radius + far * StrictMath.sin(angle + 0.35)
    };
  }

  /** An upright disc across the y axis. */
  static double[] disc(double x, double y, double z, double radius, int sides, double from) {
    var corners = new double[3 * sides];
    for (int i = 0; i < sides; i++) {
      double angle = from + 2 * Math.PI * i / sides;
      corners[3 * i] = x + radius * StrictMath.cos(angle);
      corners[3 * i + 1] = y;
      corners[3 * i + 2] = z + radius * StrictMath.sin(angle);
    }
    return corners;
  }

  /** The dark half disc above a wheel, on both sides. */
  static void arches(Painter painter, double x, double outside, double radius, double bottom) {
    int sides = 9;
    for (int side = -1; side <= 1; side += 2) {
      var corners = new double[3 * sides];
      for (int i = 0; i < sides; i++) {
        double angle = Math.PI * i / (sides - 1);
        corners[3 * i] = x + radius * StrictMath.cos(angle);
        corners[3 * i + 1] = side * outside;
        corners[3 * i + 2] = bottom + (radius + 0.02) * StrictMath.sin(angle);
      }
      painter.decal(3, 0x141416, corners);
    }
  }

  /** A rectangle on a plane of constant y, on both sides. */
  static void onSides(
      Painter painter, int layer, int rgb, double y, double x0, double z0, double x1, double z1) {
    onSide(painter, layer, rgb, y, x0, z0, x1, z1);
    onSide(painter, layer, rgb, -y, x0, z0, x1, z1);
  }

  static void onSide(
      Painter painter, int layer, int rgb, double y, double x0, double z0, double x1, double z1) {
    painter.decal(layer, rgb, at(x0, y, z0), at(x1, y, z0), at(x1, y, z1), at(x0, y, z1));
  }

  /** A rectangle on a plane of constant x. */
  static void onEnd(
      Painter painter, int layer, int rgb, double x, double y0, double z0, double y1, double z1) {
    painter.decal(layer, rgb, at(x, y0, z0), at(x, y1, z0), at(x, y1, z1), at(x, y0, z1));
  }

  /** Lamps of both ends, lit in the dark, with the light they throw on the road. */
  static void lamps(
      Painter painter,
      boolean lit,
      double front,
      double back,
      double y,
      double z,
      double width,
      double height) {
    for (int side = -1; side <= 1; side += 2) {
      double from = side * y;
      double to = side * (y - width);
      double[] head = quad(front, from, z, to, z + height);
      double[] tail = quad(back, from, z + 0.05, to, z + height + 0.08);
      if (lit) {
        painter.shining(3, HEAD_LAMP, head);
        painter.shining(3, 0xF02020, tail);
        if (painter.towardsCamera(1, 0) > 0.05) {
          painter.glow(0xF8E8C0, front + 0.1, side * (y - width / 2), z + height / 2, 0.75);
        } else if (painter.towardsCamera(-1, 0) > 0.05) {
          painter.glow(0x901010, back - 0.1, side * (y - width / 2), z + height / 2, 0.5);
        }
      } else {
        painter.decal(3, 0xD8DCE0, head);
        painter.decal(3, TAIL_LAMP, tail);
      }
    }
    if (lit) {
      beams(painter, front, y);
    }
  }

  /** Nested patches of light on the road, brighter inside. */
  private static void beams(Painter painter, double front, double y) {
    int sides = 12;
    for (int i = 0; i < 9; i++) {
      double halfLength = 6.5 - 0.55 * i;
      double halfWidth = 2.6 - 0.22 * i;
      var corners = new double[2 * sides];
      for (int n = 0; n < sides; n++) {
        double angle = 2 * Math.PI * n / sides;
        double along = StrictMath.cos(angle);
        // narrow at the car and wide ahead
        double wide = y * 0.5 + halfWidth * (0.55 + 0.45 * along);
        corners[2 * n] = front + 7 - 0.25 * i + halfLength * along;
        corners[2 * n + 1] = wide * StrictMath.sin(angle);
      }
      painter.beam(10 + 9 * i, corners);
    }
  }

  private static double[] quad(double x, double y0, double z0, double y1, double z1) {
    return new double[] {x, y0, z0, x, y1, z0, x, y1, z1, x, y0, z1};
  }

  /** What is dark under a body. */
  static void under(Painter painter, double x0, double x1, double y) {
    painter.shade(x0, -y, x1, -y, x1, y, x0, y);
  }
}
