package io.vigil.testvideos.figure;

import static io.vigil.testvideos.render.Painter.at;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Painter;

/** A bus: of a city, a coach, with two decks, or of a school. */
public final class Bus implements Figure {

  private static final double WHEEL = 0.48;
  private static final double FLOOR = 0.32;

  private enum Kind {
    CITY,
    COACH,
    DOUBLE_DECK,
    SCHOOL
  }

  private final Kind kind;
  private final double length;
  private final double half;
  private final double height;
  private final int paint;
  private final int lower;
  private final int roof;
  private final int stripe;
  private final int glass;
  private final int windows;
  private final boolean advert;
  private final int advertColour;
  private final boolean doorsLeft;

  public Bus(Dice dice) {
    kind = Kind.values()[dice.weighted(60, 18, 12, 10)];
    length = kind == Kind.SCHOOL ? dice.between(8, 10) : dice.between(8.8, 12.2);
    half = dice.between(1.2, 1.28);
    height =
        switch (kind) {
          case CITY -> dice.between(2.85, 3.15);
          case COACH -> dice.between(3.3, 3.6);
          case DOUBLE_DECK -> dice.between(4.1, 4.35);
          case SCHOOL -> dice.between(2.9, 3.1);
        };
    paint = kind == Kind.SCHOOL ? Colours.varied(dice, 0xE8A818, 0.1) : colour(dice);
    lower = dice.chance(0.4) ? Colours.any(dice) : paint;
    roof = dice.chance(0.5) ? Colours.varied(dice, 0xD8D8D4, 0.1) : paint;
    stripe = dice.chance(0.5) ? Colours.any(dice) : Colours.scaled(paint, 0.6);
    glass = dice.colour(Parts.GLASS, 0x1E262E, 0x44566A, 0x62788C);
    windows = (int) (length / dice.between(1.2, 1.7));
    advert = kind != Kind.SCHOOL && dice.chance(0.35);
    advertColour = Colours.any(dice);
    doorsLeft = dice.chance(0.5);
  }

  private static int colour(Dice dice) {
    return switch (dice.weighted(3, 2, 2, 1, 3)) {
      case 0 -> Colours.varied(dice, 0xB82020, 0.25);
      case 1 -> Colours.varied(dice, 0xE8E8E4, 0.1);
      case 2 -> Colours.varied(dice, 0xE0B020, 0.2);
      case 3 -> Colours.varied(dice, 0x2060A8, 0.25);
      default -> Colours.hsv(dice.unit(), dice.between(0.3, 0.9), dice.between(0.4, 0.9));
    };
  }

  public double length() {
    return length;
  }

  @Override
  public void draw(Painter painter, double travelled) {
    Parts.under(painter, -length / 2, length / 2, half);
    double nose = kind == Kind.SCHOOL ? 1.5 : 0;
    double front = length / 2 - nose;
    double back = -length / 2;
    shell(painter, back, front);
    if (nose > 0) {
      painter.box(paint, front - 0.05, -0.95, FLOOR, length / 2, 0.95, 1.35);
    }
    sides(painter, back, front);
    ends(painter, back, front, nose);
    double frontAxle = length / 2 - (nose > 0 ? 0.9 : 2.4);
    double backAxle = back + 2.6;
    for (double axle : new double[] {frontAxle, backAxle}) {
      Parts.arches(painter, axle, half + 0.003, WHEEL + 0.1, FLOOR);
      Parts.wheels(painter, axle, half + 0.012, WHEEL, 0x909498, travelled / WHEEL);
    }
    painter.box(roof, back + 1, -0.7, height, back + 3, 0.7, height + 0.2);
    mirrors(painter);
  }

  private void shell(Painter painter, double back, double front) {
    double in = 0.18;
    double shoulder = height - 0.2;
    for (int side = -1; side <= 1; side += 2) {
      double y = side * half;
      painter.face(
          paint,
          at(back, y, FLOOR),
          at(front, y, FLOOR),
          at(front, y, shoulder),
          at(back, y, shoulder));
      painter.face(
          roof,
          at(back, y, shoulder),
          at(front, y, shoulder),
          at(front - in, y - side * in, height),
          at(back + in, y - side * in, height));
    }
    painter.face(
        roof,
        at(back + in, in - half, height),
        at(front - in, in - half, height),
        at(front - in, half - in, height),
        at(back + in, half - in, height));
    for (double[] end : new double[][] {{back, 1}, {front, -1}}) {
      double x = end[0];
      double inside = x + end[1] * in;
      painter.face(
          paint,
          at(x, -half, FLOOR),
          at(x, half, FLOOR),
          at(x, half, shoulder),
          at(x, -half, shoulder));
      painter.face(
          roof,
          at(x, -half, shoulder),
          at(x, half, shoulder),
          at(inside, half - in, height),
          at(inside, in - half, height));
    }
  }

  private void sides(Painter painter, double back, double front) {
    double y = half + 0.004;
    double sill = kind == Kind.COACH ? 1.75 : 1.3;
    double top = kind == Kind.DOUBLE_DECK ? 2.15 : height - 0.45;
    Parts.onSides(painter, 1, lower, y, back, FLOOR, front, 0.95);
    Parts.onSides(painter, 2, stripe, y, back, sill - 0.2, front, sill - 0.08);
    if (advert) {
      Parts.onSides(painter, 2, advertColour, y, back + 3.2, 0.5, back + 6, sill - 0.25);
    }
    row(painter, y, back, front, sill, top);
    if (kind == Kind.DOUBLE_DECK) {
      row(painter, y, back, front, 2.65, height - 0.45);
    }
    double doorY = doorsLeft ? y : -y;
    for (double x : new double[] {front - 1.35, -0.6}) {
      Parts.onSide(painter, 4, 0x101216, doorY, x, FLOOR + 0.05, x + 1.15, top);
      Parts.onSide(painter, 5, glass, doorY, x + 0.08, FLOOR + 0.3, x + 0.53, top - 0.1);
      Parts.onSide(painter, 5, glass, doorY, x + 0.62, FLOOR + 0.3, x + 1.07, top - 0.1);
    }
  }

  private void row(Painter painter, double y, double back, double front, double sill, double top) {
    double pitch = (front - back - 0.5) / windows;
    int lit = painter.dark() ? 0xC8B888 : glass;
    for (int i = 0; i < windows; i++) {
      double x = back + 0.25 + i * pitch;
      if (painter.dark()) {
        painter.shining(
            3,
            lit,
            at(x + 0.05, y, sill),
            at(x + pitch - 0.07, y, sill),
            at(x + pitch - 0.07, y, top),
            at(x + 0.05, y, top));
        painter.shining(
            3,
            lit,
            at(x + 0.05, -y, sill),
            at(x + pitch - 0.07, -y, sill),
            at(x + pitch - 0.07, -y, top),
            at(x + 0.05, -y, top));
      } else {
        Parts.onSides(painter, 3, lit, y, x + 0.05, sill, x + pitch - 0.07, top);
      }
    }
  }

  private void ends(Painter painter, double back, double front, double nose) {
    double top = height - 0.5;
    double low = nose > 0 ? 1.45 : kind == Kind.COACH ? 1.2 : 1.0;
    Parts.onEnd(painter, 2, glass, front + 0.01, 0.12 - half, low, half - 0.12, top);
    Parts.onEnd(
        painter,
        3,
        Colours.mixed(glass, 0xA8BCCC, 0.3),
        front + 0.012,
        -0.2,
        low + 0.2,
        half - 0.5,
        top - 0.2);
    Parts.onEnd(painter, 2, glass, back - 0.01, 0.3 - half, height * 0.5, half - 0.3, top);
    Parts.onEnd(
        painter, 2, Colours.scaled(lower, 0.7), back - 0.01, 0.4 - half, 0.5, half - 0.4, 1.1);
    if (kind != Kind.SCHOOL) {
      double y = half - 0.3;
      painter.shining(
          3,
          0x181410,
          at(front + 0.014, -y, top + 0.06),
          at(front + 0.014, y, top + 0.06),
          at(front + 0.014, y, top + 0.26),
          at(front + 0.014, -y, top + 0.26));
      painter.shining(
          4,
          0xF0A030,
          at(front + 0.016, -0.6 * y, top + 0.1),
          at(front + 0.016, 0.7 * y, top + 0.1),
          at(front + 0.016, 0.7 * y, top + 0.22),
          at(front + 0.016, -0.6 * y, top + 0.22));
    }
    Parts.lamps(
        painter,
        painter.dark(),
        length / 2 + 0.015,
        back - 0.012,
        (nose > 0 ? 0.95 : half) - 0.1,
        0.6,
        0.4,
        0.18);
  }

  private void mirrors(Painter painter) {
    double x = length / 2 + 0.15;
    for (int side = -1; side <= 1; side += 2) {
      painter.limb(
          0x1C1C1E, x, side * (half + 0.12), 2.2, 0.09, x, side * (half + 0.12), 1.85, 0.09);
    }
  }
}
