package io.vigil.testvideos.figure;

import static io.vigil.testvideos.render.Painter.at;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Painter;

/** A house whose front faces the x axis' direction; its front wall stands on x = 0. */
public final class Building implements Figure {

  private static final int[] WALLS = {
    0xB08A6A, 0xC8B090, 0x9A5A44, 0x8C8C88, 0xD8D0C0, 0xA8A498, 0x7A6A60, 0xC0A878, 0x6E7C88,
    0xB46E54, 0xE0DCD0, 0x5E6468
  };

  private final double width;
  private final double depth;
  private final double height;
  private final int wall;
  private final int window;
  private final int frame;
  private final int shop;
  private final int awning;
  private final boolean shops;
  private final boolean pitched;
  private final int roof;
  private final double storey;
  private final double bay;
  private final long seed;

  public Building(Dice dice, double width) {
    this.width = width;
    depth = dice.between(6, 12);
    storey = dice.between(2.8, 3.6);
    height = storey * dice.whole(2, 6) + 0.6;
    wall = Colours.varied(dice, dice.colour(WALLS), 0.15);
    window = dice.colour(0x3A4652, 0x2A323A, 0x5A6A78, 0x788C9C);
    frame = dice.chance(0.5) ? 0xE4E0D8 : Colours.scaled(wall, 0.7);
    shop = Colours.any(dice);
    awning = Colours.any(dice);
    shops = dice.chance(0.5);
    pitched = dice.chance(0.4);
    roof = Colours.varied(dice, dice.colour(0x7A4434, 0x4A4A4E, 0x5C3C30), 0.2);
    bay = dice.between(2.0, 3.4);
    seed = dice.next();
  }

  @Override
  public void draw(Painter painter, double travelled) {
    var dice = new Dice(seed);
    double half = width / 2;
    painter.face(wall, at(0, -half, 0), at(0, half, 0), at(0, half, height), at(0, -half, height));
    for (int side = -1; side <= 1; side += 2) {
      double y = side * half;
      painter.face(wall, at(0, y, 0), at(-depth, y, 0), at(-depth, y, height), at(0, y, height));
    }
    painter.face(
        roof,
        at(0, -half, height),
        at(0, half, height),
        at(-depth, half, height),
        at(-depth, -half, height));
    if (pitched) {
      pitched(painter, half);
    }
    windows(painter, dice, half);
    ground(painter, half);
  }

  private void pitched(Painter painter, double half) {
    double ridge = height + 0.35 * depth;
    double middle = -depth / 2;
    painter.face(
        roof,
        at(0.4, -half, height),
        at(0.4, half, height),
        at(middle, half, ridge),
        at(middle, -half, ridge));
    painter.face(
        roof,
        at(-depth, -half, height),
        at(-depth, half, height),
        at(middle, half, ridge),
        at(middle, -half, ridge));
    for (int side = -1; side <= 1; side += 2) {
      double y = side * half;
      painter.face(wall, at(0, y, height), at(middle, y, ridge), at(-depth, y, height));
    }
  }

  private void windows(Painter painter, Dice dice, double half) {
    int bays = Math.max(1, (int) (width / bay));
    double pitch = width / bays;
    for (double z = storey; z + storey < height + 0.5; z += storey) {
      for (int i = 0; i < bays; i++) {
        double y = -half + (i + 0.5) * pitch;
        window(painter, dice, 0, y, z + 0.8, 0.28 * pitch, storey * 0.5);
      }
      int ends = Math.max(1, (int) (depth / 3));
      for (int i = 0; i < ends; i++) {
        double x = -depth * (i + 0.5) / ends;
        for (int side = -1; side <= 1; side += 2) {
          double y = side * (half + 0.01);
          painter.decal(
              1,
              window,
              at(x - 0.5, y, z + 0.8),
              at(x + 0.5, y, z + 0.8),
              at(x + 0.5, y, z + 2.2),
              at(x - 0.5, y, z + 2.2));
        }
      }
    }
  }

  private void window(
      Painter painter, Dice dice, double x, double y, double z, double half, double tall) {
    double out = x + 0.01;
    double edge = half + 0.1;
    painter.decal(
        1,
        frame,
        at(out, y - edge, z - 0.1),
        at(out, y + edge, z - 0.1),
        at(out, y + edge, z + tall + 0.1),
        at(out, y - edge, z + tall + 0.1));
    double[] pane = {
      out, y - half, z, out, y + half, z, out, y + half, z + tall, out, y - half, z + tall
    };
    if (painter.dark() && dice.chance(0.35)) {
      painter.shining(2, Colours.varied(dice, 0xD8B870, 0.25), pane);
    } else {
      painter.decal(2, Colours.varied(dice, window, 0.25), pane);
    }
  }

  private void ground(Painter painter, double half) {
    if (shops) {
      shop(painter, half, storey - 0.3);
    }
    double door = half - 1.2;
    painter.decal(
        2,
        Colours.scaled(shop, 0.5),
        at(0.012, door, 0),
        at(0.012, door + 1.0, 0),
        at(0.012, door + 1.0, 2.1),
        at(0.012, door, 2.1));
  }

  private void shop(Painter painter, double half, double top) {
    painter.decal(
        1,
        shop,
        at(0.01, 0.2 - half, 0),
        at(0.01, half - 0.2, 0),
        at(0.01, half - 0.2, top),
        at(0.01, 0.2 - half, top));
    double[][] pane = {
      at(0.01, 0.6 - half, 0.4),
      at(0.01, half - 1.6, 0.4),
      at(0.01, half - 1.6, top - 0.6),
      at(0.01, 0.6 - half, top - 0.6)
    };
    if (painter.dark()) {
      painter.shining(2, 0xD8C898, pane);
    } else {
      painter.decal(2, 0x38424C, pane);
    }
    painter.face(
        awning,
        at(0, 0.3 - half, top - 0.2),
        at(0, half - 0.3, top - 0.2),
        at(1.1, half - 0.3, top - 0.8),
        at(1.1, 0.3 - half, top - 0.8));
  }
}
