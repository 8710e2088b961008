package io.vigil.testvideos.figure;

import static io.vigil.testvideos.render.Painter.at;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Painter;

/** What stands in streets and is not annotated. */
public final class Props {

  private Props() {}

  /** What a detector should not take for a person, nor for anything else. */
  public static Figure any(Dice dice) {
    return dice.chance(0.2) ? large(dice) : small(dice);
  }

  private static Figure large(Dice dice) {
    return dice.chance(0.5) ? kiosk(dice) : board(dice);
  }

  /** One that hides little of what is behind it. */
  public static Figure small(Dice dice) {
    return switch (dice.whole(0, 9)) {
      case 0 -> bin(dice);
      case 1 -> sign(dice);
      case 2 -> bollard(dice);
      case 3 -> planter(dice);
      case 4 -> bench(dice);
      case 5 -> hydrant(dice);
      case 6 -> cone(dice);
      case 7 -> postBox(dice);
      case 8 -> crates(dice);
      default -> bush(dice);
    };
  }

  public static Figure bin(Dice dice) {
    int rgb = Colours.varied(dice, dice.colour(0x3A4A3C, 0x4A4A4E, 0x2C4A6C, 0x6C3A2C), 0.3);
    double h = dice.between(0.8, 1.2);
    return (painter, travelled) -> {
      double[][] rings = {{0, 0, 0, 0.24, 0.24}, {0, 0, h, 0.3, 0.3}, {0, 0, h + 0.1, 0.1, 0.1}};
      painter.loft(rgb, 8, rings);
    };
  }

  public static Figure sign(Dice dice) {
    int rgb = dice.colour(0xB82020, 0x2050A0, 0xE8E8E0, 0xE0B820, 0x207040);
    double h = dice.between(2.1, 2.8);
    double size = dice.between(0.28, 0.42);
    int corners = dice.pick(3, 4, 8, 16);
    return (painter, travelled) -> {
      painter.limb(0x88888A, 0, 0, 0, 0.035, 0, 0, h, 0.035);
      painter.face(rgb, Parts.disc(0, 0.05, h, size, corners, Math.PI / 2));
      painter.decal(1, 0xF0F0EC, Parts.disc(0, 0.06, h, 0.6 * size, corners, Math.PI / 2));
    };
  }

  public static Figure bollard(Dice dice) {
    int rgb = dice.colour(0x3A3A3E, 0x8C8C88, 0xB83020, 0xD8D8D0);
    double h = dice.between(0.7, 1.1);
    return (painter, travelled) -> painter.limb(rgb, 0, 0, 0, 0.07, 0, 0, h, 0.08);
  }

  public static Figure planter(Dice dice) {
    int pot = Colours.varied(dice, dice.colour(0x8A5A40, 0x8C8C88, 0x4A4A4C), 0.2);
    var leaves = bush(dice);
    return (painter, travelled) -> {
      painter.box(pot, -0.5, -0.5, 0, 0.5, 0.5, 0.6);
      leaves.draw(painter, 0.5);
    };
  }

  public static Figure bench(Dice dice) {
    int wood = Colours.varied(dice, dice.colour(0x7A5432, 0x5C4028, 0x4A5A4C), 0.2);
    return (painter, travelled) -> {
      painter.box(wood, -0.25, -0.9, 0.38, 0.25, 0.9, 0.45);
      painter.face(
          wood,
          at(-0.25, -0.9, 0.5),
          at(-0.25, 0.9, 0.5),
          at(-0.36, 0.9, 0.9),
          at(-0.36, -0.9, 0.9));
      painter.box(0x2C2C2E, -0.2, -0.8, 0, 0.2, -0.72, 0.38);
      painter.box(0x2C2C2E, -0.2, 0.72, 0, 0.2, 0.8, 0.38);
    };
  }

  public static Figure kiosk(Dice dice) {
    int rgb = Colours.any(dice);
    int roof = Colours.any(dice);
    double h = dice.between(2.3, 2.8);
    double w = dice.between(0.9, 1.6);
    return (painter, travelled) -> {
      painter.box(rgb, -w, -w, 0, w, w, h);
      for (int side = -1; side <= 1; side += 2) {
        Parts.onEnd(painter, 1, 0x30343A, side * (w + 0.01), -0.8 * w, 1.0, 0.8 * w, 1.9);
        Parts.onSide(painter, 1, 0x30343A, side * (w + 0.01), -0.8 * w, 1.0, 0.8 * w, 1.9);
      }
      painter.box(roof, -w - 0.3, -w - 0.3, h, w + 0.3, w + 0.3, h + 0.25);
    };
  }

  public static Figure hydrant(Dice dice) {
    int rgb = dice.colour(0xB82820, 0xD0B020, 0x7C7C80);
    return (painter, travelled) -> {
      painter.limb(rgb, 0, 0, 0, 0.12, 0, 0, 0.55, 0.12);
      painter.ball(rgb, 0, 0, 0.65, 0.13);
      painter.limb(rgb, 0, -0.2, 0.45, 0.06, 0, 0.2, 0.45, 0.06);
    };
  }

  public static Figure cone(Dice dice) {
    int rgb = Colours.varied(dice, 0xE85A18, 0.15);
    return (painter, travelled) -> {
      double[][] low = {{0, 0, 0, 0.22, 0.22}, {0, 0, 0.3, 0.13, 0.13}};
      double[][] band = {{0, 0, 0.3, 0.13, 0.13}, {0, 0, 0.45, 0.09, 0.09}};
      double[][] high = {{0, 0, 0.45, 0.09, 0.09}, {0, 0, 0.75, 0.02, 0.02}};
      painter.loft(rgb, 8, low);
      painter.loft(0xF0F0F0, 8, band);
      painter.loft(rgb, 8, high);
    };
  }

  private static Figure postBox(Dice dice) {
    int rgb = dice.colour(0xE0B018, 0xB01C1C, 0x24488C);
    return (painter, travelled) -> {
      painter.box(0x3C3C3E, -0.05, -0.05, 0, 0.05, 0.05, 0.8);
      painter.box(rgb, -0.25, -0.3, 0.8, 0.25, 0.3, 1.5);
    };
  }

  /** An advertising pillar or a panel. */
  private static Figure board(Dice dice) {
    int rgb = Colours.any(dice);
    int second = Colours.any(dice);
    boolean round = dice.chance(0.5);
    return (painter, travelled) -> {
      if (round) {
        double[][] rings = {{0, 0, 0, 0.55, 0.55}, {0, 0, 2.6, 0.55, 0.55}};
        double[][] cap = {{0, 0, 2.6, 0.7, 0.7}, {0, 0, 3.0, 0.1, 0.1}};
        painter.loft(rgb, 14, rings);
        painter.loft(0x4A5A50, 14, cap);
      } else {
        painter.box(0x505054, -0.08, -0.7, 0, 0.08, 0.7, 2.4);
        Parts.onEnd(painter, 1, rgb, 0.09, -0.6, 0.5, 0.6, 2.3);
        Parts.onEnd(painter, 1, rgb, -0.09, -0.6, 0.5, 0.6, 2.3);
        Parts.onEnd(painter, 2, second, 0.09, -0.4, 1.0, 0.3, 1.8);
        Parts.onEnd(painter, 2, second, -0.09, -0.4, 1.0, 0.3, 1.8);
      }
    };
  }

  private static Figure crates(Dice dice) {
    int first = Colours.any(dice);
    int second = Colours.varied(dice, 0x8A6A44, 0.3);
    double h = dice.between(0.4, 1.0);
    return (painter, travelled) -> {
      painter.box(first, -0.4, -0.3, 0, 0.4, 0.3, h);
      painter.box(second, -0.3, 0.35, 0, 0.3, 0.85, 0.6 * h);
    };
  }

  public static Figure bush(Dice dice) {
    long seed = dice.next();
    int green = green(dice);
    return (painter, raised) -> foliage(painter, new Dice(seed), green, raised + 0.4, 0.5, 26);
  }

  static int green(Dice dice) {
    return Colours.varied(
        dice, dice.colour(0x3C5C2C, 0x4A7034, 0x587A38, 0x6A7A30, 0x8A6A28, 0x2C4A30), 0.25);
  }

  /** A heap of leafy balls. */
  static void foliage(Painter painter, Dice dice, int green, double z, double radius, int balls) {
    for (int i = 0; i < balls; i++) {
      double angle = dice.between(0, 2 * Math.PI);
      double lift = dice.between(-0.85, 0.95);
      double out = radius * Math.sqrt(1 - 0.9 * lift * lift) * dice.between(0.35, 0.9);
      double size = radius * dice.between(0.13, 0.3);
      int leaf = Colours.varied(dice, Colours.scaled(green, 1 + 0.25 * lift), 0.28);
      painter.ball(
          leaf, out * StrictMath.cos(angle), out * StrictMath.sin(angle), z + radius * lift, size);
    }
  }

  public static Figure tree(Dice dice) {
    double h = dice.between(4.5, 9);
    double radius = dice.between(1.2, 2.6);
    int green = green(dice);
    int bark = Colours.varied(dice, 0x5A4634, 0.25);
    long seed = dice.next();
    boolean bare = dice.chance(0.12);
    return (painter, travelled) -> {
      var own = new Dice(seed);
      painter.limb(bark, 0, 0, 0, 0.16, 0.1, 0, h - radius, 0.11);
      for (int i = 0; i < 5; i++) {
        double a = own.between(0, 2 * Math.PI);
        double r = radius * own.between(0.4, 0.8);
        double x = r * StrictMath.cos(a);
        double y = r * StrictMath.sin(a);
        painter.limb(bark, 0.1, 0, h - 1.4 * radius, 0.07, x, y, h + own.between(-0.5, 0.5), 0.03);
      }
      if (!bare) {
        painter.ball(Colours.scaled(green, 0.6), 0, 0, h, 0.75 * radius);
        foliage(painter, own, green, h, radius, 75);
      }
    };
  }

  public static Figure lampPost(Dice dice, double height) {
    int rgb = dice.colour(0x3A3E40, 0x6A6E70, 0x2C3A34);
    return (painter, travelled) -> {
      painter.limb(rgb, 0, 0, 0, 0.08, 0, 0, height, 0.05);
      painter.limb(rgb, 0, 0, height, 0.05, 1.1, 0, height + 0.15, 0.04);
      if (painter.dark()) {
        painter.shiningBall(0xFFF0C8, 1.15, 0, height + 0.1, 0.16);
        painter.glow(0xF0D8A0, 1.15, 0, height + 0.1, 1.1);
      } else {
        painter.limb(0xC8C8C4, 0.9, 0, height + 0.1, 0.1, 1.3, 0, height + 0.15, 0.08);
      }
    };
  }

  public static Figure trafficLight(Dice dice) {
    boolean green = dice.chance(0.5);
    return (painter, travelled) -> {
      painter.limb(0x4A4E50, 0, 0, 0, 0.06, 0, 0, 2.4, 0.06);
      painter.box(0x1C1E1E, -0.15, -0.15, 2.2, 0.15, 0.15, 3.1);
      painter.shiningBall(green ? 0x302020 : 0xF02020, 0.16, 0, 2.95, 0.1);
      painter.shiningBall(green ? 0x20E060 : 0x203020, 0.16, 0, 2.4, 0.1);
    };
  }

  public static Figure parasol(Dice dice) {
    int rgb = Colours.any(dice);
    return (painter, travelled) -> {
      painter.limb(0x909090, 0, 0, 0, 0.03, 0, 0, 2.3, 0.03);
      double[][] cloth = {{0, 0, 2.05, 1.4, 1.4}, {0, 0, 2.6, 0.03, 0.03}};
      painter.loft(rgb, 8, cloth);
      double[][] table = {{0, 0, 0.7, 0.5, 0.5}, {0, 0, 0.75, 0.5, 0.5}, {0, 0, 0.76, 0.01, 0.01}};
      painter.loft(0xD0CCC4, 10, table);
    };
  }

  public static Figure shelter(Dice dice) {
    int frame = dice.colour(0x3C4044, 0x5A6A60, 0x8A8C90);
    int poster = Colours.any(dice);
    return (painter, travelled) -> {
      painter.box(frame, -2, -0.7, 2.3, 2, 0.7, 2.45);
      for (double x : new double[] {-1.9, -0.6, 0.7, 1.9}) {
        painter.limb(frame, x, -0.6, 0, 0.04, x, -0.6, 2.3, 0.04);
      }
      painter.face(
          poster, at(1.95, -0.6, 0.3), at(1.95, 0.6, 0.3), at(1.95, 0.6, 2.1), at(1.95, -0.6, 2.1));
      painter.box(0x6A6A6C, -1.2, -0.5, 0.42, 0.8, -0.2, 0.48);
    };
  }

  public static Figure fence(Dice dice, double length) {
    int rgb = dice.colour(0x3C3E40, 0x7A7C7E, 0x6A5038, 0xD8D8D4);
    return (painter, travelled) -> {
      for (double x = -length / 2; x <= length / 2; x += 1.5) {
        painter.limb(rgb, x, 0, 0, 0.03, x, 0, 1.0, 0.03);
      }
      painter.limb(rgb, -length / 2, 0, 1.0, 0.03, length / 2, 0, 1.0, 0.03);
      painter.limb(rgb, -length / 2, 0, 0.5, 0.025, length / 2, 0, 0.5, 0.025);
    };
  }
}
