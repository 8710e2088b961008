package io.vigil.testvideos.figure;

import static io.vigil.testvideos.render.Painter.at;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Painter;

/**
 * A passenger car: saloon, hatchback, estate, off-roader, people carrier, small car or sports car.
 */
public final class Car implements Figure {

  private static final int[] USUAL = {
    0xE8E8E6, 0xB8BCC0, 0x7E8286, 0x26282C, 0x141518, 0x8A1C20, 0x1E3A6E, 0x2C5A8C, 0x4A4C44,
    0x6A5A4A, 0xC8B898, 0x244A34
  };

  private final double length;
  private final double width;
  private final double height;
  private final double belt;
  private final double clearance;
  private final double hood;
  private final double trunk;
  private final double hoodDrop;
  private final double trunkDrop;
  private final double frontRake;
  private final double backRake;
  private final double wheel;
  private final int paint;
  private final int roof;
  private final int rim;
  private final int glass;
  private final int panes;
  private final boolean rails;
  private final boolean load;
  private final boolean taxi;
  private final boolean stripes;

  private final boolean parked;

  /**
   * @param parked with its lamps off
   */
  public Car(Dice dice, boolean parked) {
    this(dice, Shape.of(dice), parked);
  }

  private Car(Dice dice, Shape shape, boolean parked) {
    this.parked = parked;
    double size = dice.between(0.95, 1.05);
    length = shape.length * size;
    width = shape.width * dice.between(0.97, 1.03);
    height = shape.height * dice.between(0.97, 1.03);
    clearance = shape.clearance;
    belt = clearance + (height - clearance) * dice.between(0.54, 0.6);
    hood = shape.hood * length;
    trunk = shape.trunk * length;
    hoodDrop = dice.between(0.1, 0.22);
    trunkDrop = shape.trunk > 0.1 ? dice.between(0.0, 0.08) : 0.02;
    frontRake = shape.frontRake * dice.between(0.85, 1.15);
    backRake = shape.backRake * dice.between(0.85, 1.15);
    wheel = shape.wheel;
    paint =
        dice.chance(0.6)
            ? Colours.varied(dice, dice.colour(USUAL), 0.2)
            : Colours.hsv(dice.unit(), dice.between(0.35, 0.95), dice.between(0.25, 0.9));
    roof = dice.chance(0.15) ? dice.colour(0x141416, 0xEEEEEE) : paint;
    rim = dice.colour(0xB8BCC2, 0x8C9096, 0x55585C, 0xD8D8D8);
    glass = dice.colour(Parts.GLASS, 0x1A2026, 0x3C4A58, 0x55677A);
    panes = shape.panes;
    rails = dice.chance(0.25);
    load = dice.chance(0.05);
    taxi = dice.chance(0.06);
    stripes = dice.chance(0.05);
  }

  private enum Shape {
    SALOON(4.6, 1.82, 1.45, 0.2, 0.26, 0.17, 0.7, 0.55, 0.32, 2),
    HATCHBACK(4.1, 1.76, 1.48, 0.2, 0.23, 0.02, 0.65, 0.4, 0.31, 2),
    ESTATE(4.7, 1.82, 1.48, 0.2, 0.25, 0.01, 0.7, 0.35, 0.32, 3),
    OFF_ROADER(4.6, 1.9, 1.75, 0.28, 0.24, 0.01, 0.55, 0.28, 0.37, 3),
    PEOPLE_CARRIER(4.7, 1.85, 1.78, 0.2, 0.16, 0.01, 0.85, 0.22, 0.33, 3),
    SMALL(3.5, 1.62, 1.5, 0.18, 0.17, 0.01, 0.6, 0.25, 0.28, 2),
    SPORTS(4.3, 1.85, 1.26, 0.15, 0.32, 0.14, 0.75, 0.75, 0.33, 1);

    private final double length;
    private final double width;
    private final double height;
    private final double clearance;
    private final double hood;
    private final double trunk;
    private final double frontRake;
    private final double backRake;
    private final double wheel;
    private final int panes;

    Shape(
        double length,
        double width,
        double height,
        double clearance,
        double hood,
        double trunk,
        double frontRake,
        double backRake,
        double wheel,
        int panes) {
      this.length = length;
      this.width = width;
      this.height = height;
      this.clearance = clearance;
      this.hood = hood;
      this.trunk = trunk;
      this.frontRake = frontRake;
      this.backRake = backRake;
      this.wheel = wheel;
      this.panes = panes;
    }

    static Shape of(Dice dice) {
      return values()[dice.weighted(22, 24, 14, 18, 9, 8, 5)];
    }
  }

  public double length() {
    return length;
  }

  @Override
  public void draw(Painter painter, double travelled) {
    double half = width / 2;
    Parts.under(painter, -length / 2, length / 2, half);
    body(painter, half);
    cabin(painter, half);
    ends(painter, half);
    double axle = length * 0.31;
    Parts.arches(painter, axle, half + 0.002, wheel + 0.06, clearance);
    Parts.arches(painter, -axle, half + 0.002, wheel + 0.06, clearance);
    Parts.wheels(painter, axle, half + 0.01, wheel, rim, travelled / wheel);
    Parts.wheels(painter, -axle, half + 0.01, wheel, rim, travelled / wheel);
    extras(painter);
  }

  private void body(Painter painter, double half) {
    double back = -length / 2;
    double front = length / 2;
    double[][] profile = {
      {back + 0.04, clearance},
      {back, belt - trunkDrop - 0.15},
      {back + 0.06, belt - trunkDrop},
      {back + Math.max(0.08, trunk), belt},
      {front - hood, belt},
      {front - 0.22, belt - hoodDrop},
      {front - 0.02, belt - hoodDrop - 0.16},
      {front, clearance + 0.15},
      {front - 0.05, clearance}
    };
    for (int side = -1; side <= 1; side += 2) {
      var corners = new double[3 * profile.length];
      for (int i = 0; i < profile.length; i++) {
        corners[3 * i] = profile[i][0];
        corners[3 * i + 1] = side * sideAt(profile[i][1], half);
        corners[3 * i + 2] = profile[i][1];
      }
      painter.face(paint, corners);
    }
    for (int i = 0; i + 1 < profile.length; i++) {
      across(painter, paint, profile[i], profile[i + 1], half);
    }
    Parts.onSides(
        painter,
        1,
        0x202022,
        half,
        -length / 2 + 0.3,
        clearance,
        length / 2 - 0.3,
        clearance + 0.1);
    doors(painter, half);
  }

  /** The sides lean in a little above the middle. */
  private double sideAt(double z, double half) {
    return half - 0.06 * Math.max(0, z - clearance);
  }

  private void across(Painter painter, int rgb, double[] a, double[] b, double half) {
    double ya = sideAt(a[1], half);
    double yb = sideAt(b[1], half);
    painter.face(
        rgb, at(a[0], -ya, a[1]), at(a[0], ya, a[1]), at(b[0], yb, b[1]), at(b[0], -yb, b[1]));
  }

  private void doors(Painter painter, double half) {
    int line = Colours.scaled(paint, 0.55);
    double low = clearance + 0.12;
    for (double x : new double[] {-0.16 * length, 0.04 * length, 0.2 * length}) {
      for (int side = -1; side <= 1; side += 2) {
        double y0 = side * (sideAt(low, half) + 0.004);
        double y1 = side * (sideAt(belt, half) + 0.004);
        painter.decal(
            1,
            line,
            at(x, y0, low),
            at(x + 0.025, y0, low),
            at(x + 0.025, y1, belt),
            at(x, y1, belt));
      }
    }
    if (stripes) {
      Parts.onSides(
          painter, 1, contrast(), half, -length * 0.4, belt - 0.3, length * 0.4, belt - 0.2);
    }
  }

  private int contrast() {
    return (paint >> 8 & 255) > 128 ? 0x202428 : 0xE8E8E8;
  }

  private void cabin(Painter painter, double half) {
    double back = -length / 2 + Math.max(0.08, trunk);
    double front = length / 2 - hood;
    double low = sideAt(belt, half) - 0.03;
    double high = low - 0.17 * (height - belt) / 0.6;
    double[] base = {back, front, belt, low};
    double[] top = {back + backRake, front - frontRake, height, high};
    for (int side = -1; side <= 1; side += 2) {
      painter.face(
          paint,
          at(base[0], side * low, belt),
          at(base[1], side * low, belt),
          at(top[1], side * high, height - 0.05),
          at(top[0], side * high, height - 0.05));
      sideWindows(painter, base, top, side);
    }
    pane(painter, base[1], top[1], low, high);
    pane(painter, base[0], top[0], low, high);
    roof(painter, top, high);
  }

  /** Its edges are bevelled. */
  private void roof(Painter painter, double[] top, double high) {
    double in = 0.12;
    painter.face(
        roof,
        at(top[0], -high, height - 0.05),
        at(top[0], high, height - 0.05),
        at(top[0] + in, high - in, height),
        at(top[0] + in, in - high, height));
    painter.face(
        roof,
        at(top[1], -high, height - 0.05),
        at(top[1], high, height - 0.05),
        at(top[1] - in, high - in, height),
        at(top[1] - in, in - high, height));
    painter.face(
        roof,
        at(top[0] + in, in - high, height),
        at(top[0] + in, high - in, height),
        at(top[1] - in, high - in, height),
        at(top[1] - in, in - high, height));
    for (int side = -1; side <= 1; side += 2) {
      painter.face(
          roof,
          at(top[0], side * high, height - 0.05),
          at(top[1], side * high, height - 0.05),
          at(top[1] - in, side * (high - in), height),
          at(top[0] + in, side * (high - in), height));
    }
  }

  /** Windscreen or rear window, with a frame of the body's colour. */
  private void pane(Painter painter, double bottomX, double topX, double low, double high) {
    painter.face(
        paint,
        at(bottomX, -low, belt),
        at(bottomX, low, belt),
        at(topX, high, height - 0.05),
        at(topX, -high, height - 0.05));
    painter.decal(1, glass, slanted(bottomX, topX, low, high, 0.06, 0.92));
    double[] gleam = slanted(bottomX, topX, low * 0.5, high * 0.3, 0.2, 0.8);
    painter.decal(2, Colours.mixed(glass, 0xA0B4C4, 0.35), gleam);
  }

  private double[] slanted(
      double bottomX, double topX, double low, double high, double from, double to) {
    double x0 = bottomX + from * (topX - bottomX);
    double x1 = bottomX + to * (topX - bottomX);
    double z0 = belt + from * (height - 0.05 - belt);
    double z1 = belt + to * (height - 0.05 - belt);
    double y0 = low + from * (high - low) - 0.07;
    double y1 = low + to * (high - low) - 0.07;
    return new double[] {x0, -y0, z0, x0, y0, z0, x1, y1, z1, x1, -y1, z1};
  }

  private void sideWindows(Painter painter, double[] base, double[] top, int side) {
    double share = 0.9 / panes;
    for (int i = 0; i < panes; i++) {
      double from = 0.05 + i * share + 0.015;
      double to = 0.05 + (i + 1) * share - 0.015;
      painter.decal(
          1,
          glass,
          point(base, top, from, 0.08, side),
          point(base, top, to, 0.08, side),
          point(base, top, to, 0.88, side),
          point(base, top, from, 0.88, side));
    }
  }

  private static double[] point(
      double[] base, double[] top, double along, double upwards, int side) {
    double low = base[0] + along * (base[1] - base[0]);
    double high = top[0] + along * (top[1] - top[0]);
    return new double[] {
      low + upwards * (high - low),
      side * (base[3] + upwards * (top[3] - base[3])),
      base[2] + upwards * (top[2] - 0.05 - base[2])
    };
  }

  private void ends(Painter painter, double half) {
    double front = length / 2;
    double back = -length / 2;
    double lampZ = belt - hoodDrop - 0.2;
    boolean lit = painter.dark() && !parked;
    Parts.lamps(painter, lit, front + 0.02, back - 0.01, half - 0.08, lampZ, 0.36, 0.13);
    Parts.onEnd(painter, 2, 0x1C1C1E, front + 0.01, -0.45, clearance + 0.12, 0.45, lampZ + 0.02);
    Parts.onEnd(
        painter, 3, 0xE6E6DC, front + 0.015, -0.25, clearance + 0.16, 0.25, clearance + 0.27);
    Parts.onEnd(painter, 3, 0xE6E6DC, back - 0.01, -0.25, clearance + 0.3, 0.25, clearance + 0.42);
    Parts.onEnd(
        painter,
        2,
        0x28282A,
        back - 0.01,
        0.1 - half,
        clearance + 0.02,
        half - 0.1,
        clearance + 0.16);
  }

  private void extras(Painter painter) {
    double mirror = length / 2 - hood - 0.25;
    double half = sideAt(belt, width / 2);
    for (int side = -1; side <= 1; side += 2) {
      painter.limb(
          paint,
          mirror,
          side * (half + 0.05),
          belt + 0.06,
          0.07,
          mirror,
          side * (half + 0.14),
          belt + 0.07,
          0.06);
    }
    if (rails) {
      double y = half - 0.28;
      double z = height + 0.05;
      painter.limb(0x303234, -0.25 * length, y, z, 0.025, 0.1 * length, y, z, 0.025);
      painter.limb(0x303234, -0.25 * length, -y, z, 0.025, 0.1 * length, -y, z, 0.025);
    }
    if (load) {
      painter.box(0x2A2C30, -0.2 * length, -0.4, height + 0.05, 0.15 * length, 0.4, height + 0.35);
    }
    if (taxi) {
      painter.box(0xF0D840, -0.15, -0.3, height, 0.1, 0.3, height + 0.16);
    }
  }
}
