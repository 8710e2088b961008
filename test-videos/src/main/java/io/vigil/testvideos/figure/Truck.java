package io.vigil.testvideos.figure;

import static io.vigil.testvideos.render.Painter.at;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Painter;

/** A lorry: a cab, and behind it a box, a bed, a tank, a tipper or a mixer; also with a trailer. */
public final class Truck implements Figure {

  /** Of the cab's windows, as a share of its height. */
  private static final double SILL = 0.55;

  /** How far the windscreen leans back, metres. */
  private static final double RAKE = 0.18;

  private enum Cargo {
    BOX,
    CURTAIN,
    FLATBED,
    TANK,
    TIPPER,
    MIXER
  }

  private final Cargo cargo;
  private final double length;
  private final double half;
  private final double cab;
  private final double cabHeight;
  private final double cargoHeight;
  private final double deck;
  private final double bonnet;
  private final double wheel;
  private final int paint;
  private final int cargoPaint;
  private final int second;
  private final boolean trailer;
  private final boolean logo;

  public Truck(Dice dice) {
    cargo = Cargo.values()[dice.weighted(34, 16, 12, 12, 16, 10)];
    trailer =
        (cargo == Cargo.BOX || cargo == Cargo.CURTAIN || cargo == Cargo.TANK) && dice.chance(0.3);
    boolean light = !trailer && dice.chance(0.45);
    length = trailer ? dice.between(10.5, 13) : light ? dice.between(5.4, 6.8) : dice.between(7, 9);
    half = light ? dice.between(1.0, 1.1) : dice.between(1.2, 1.27);
    bonnet = dice.chance(0.2) ? dice.between(0.9, 1.4) : 0;
    cab = light ? dice.between(1.5, 1.8) : dice.between(1.7, 2.2);
    cabHeight = light ? dice.between(2.1, 2.4) : dice.between(2.6, 3.3);
    deck = light ? 0.75 : 1.05;
    cargoHeight = light ? dice.between(2.5, 3.0) : dice.between(3.2, 3.9);
    wheel = light ? 0.38 : 0.5;
    paint = Colours.hsv(dice.unit(), dice.between(0.0, 0.95), dice.between(0.3, 0.95));
    cargoPaint = dice.chance(0.5) ? Colours.varied(dice, 0xE2E2DE, 0.1) : Colours.any(dice);
    second = Colours.any(dice);
    logo = dice.chance(0.6);
  }

  public double length() {
    return length;
  }

  @Override
  public void draw(Painter painter, double travelled) {
    double front = length / 2;
    double back = -length / 2;
    Parts.under(painter, back, front, half);
    cab(painter, front);
    double cargoFront = front - bonnet - cab - (trailer ? 0.6 : 0.2);
    painter.box(0x28282A, back, -0.45, 0.55, front - 0.5, 0.45, deck);
    switch (cargo) {
      case BOX, CURTAIN -> box(painter, back, cargoFront);
      case FLATBED -> flatbed(painter, back, cargoFront);
      case TANK -> tank(painter, back, cargoFront);
      case TIPPER -> tipper(painter, back, cargoFront);
      case MIXER -> mixer(painter, back, cargoFront);
    }
    rolling(painter, back, front, travelled);
    Parts.lamps(painter, painter.dark(), front + 0.02, back - 0.03, half - 0.1, 0.62, 0.35, 0.18);
    Parts.onEnd(painter, 2, 0x38383C, back - 0.02, 0.1 - half, 0.45, half - 0.1, 0.65);
  }

  private void rolling(Painter painter, double back, double front, double travelled) {
    double turn = travelled / wheel;
    double steer = front - (bonnet > 0 ? 0.9 : 0.75);
    Parts.wheels(painter, steer, half, wheel, 0xA8A8A4, turn);
    Parts.wheels(painter, back + 1.1, half, wheel, 0x787878, turn);
    if (length > 6.9) {
      Parts.wheels(painter, back + 1.1 + 2.15 * wheel, half, wheel, 0x787878, turn);
    }
    if (trailer) {
      Parts.wheels(painter, back + 1.1 + 4.3 * wheel, half, wheel, 0x787878, turn);
      Parts.wheels(painter, front - 4, half, wheel, 0x787878, turn);
    }
  }

  private void cab(Painter painter, double front) {
    double nose = front - bonnet;
    double rear = nose - cab;
    for (int side = -1; side <= 1; side += 2) {
      cabSide(painter, rear, nose, side);
    }
    cabEnds(painter, rear, nose);
    double sill = cabHeight * SILL;
    if (bonnet > 0) {
      painter.box(paint, nose - 0.05, 0.15 - half, 0.45, front, half - 0.15, sill - 0.05);
    }
    Parts.onEnd(painter, 2, 0x1E1E20, front + 0.015, 0.35 - half, 0.6, half - 0.35, sill - 0.25);
    Parts.onEnd(painter, 2, 0x3A3A3E, front + 0.015, 0.02 - half, 0.38, half - 0.02, 0.58);
  }

  private void cabSide(Painter painter, double rear, double nose, int side) {
    double sill = cabHeight * SILL;
    double y = side * half;
    painter.face(
        paint,
        at(rear, y, 0.45),
        at(nose, y, 0.45),
        at(nose, y, sill),
        at(nose - RAKE, y, cabHeight),
        at(rear, y, cabHeight));
    painter.decal(
        1,
        Parts.GLASS,
        at(nose - 0.95, y, sill + 0.05),
        at(nose - 0.1, y, sill + 0.05),
        at(nose - RAKE - 0.08, y, cabHeight - 0.3),
        at(nose - 0.95, y, cabHeight - 0.3));
    Parts.onSide(
        painter, 1, Colours.scaled(paint, 0.6), y, nose - 1.05, 0.6, nose - 1.02, cabHeight - 0.2);
    painter.limb(
        0x1C1C1E,
        nose + 0.05,
        side * (half + 0.18),
        sill + 0.5,
        0.09,
        nose + 0.05,
        side * (half + 0.18),
        sill + 0.1,
        0.09);
  }

  private void cabEnds(Painter painter, double rear, double nose) {
    double sill = cabHeight * SILL;
    painter.face(
        paint,
        at(nose, -half, 0.45),
        at(nose, half, 0.45),
        at(nose, half, sill),
        at(nose, -half, sill));
    double top = cabHeight;
    painter.face(
        paint,
        at(nose, -half, sill),
        at(nose, half, sill),
        at(nose - RAKE, half, top),
        at(nose - RAKE, -half, top));
    painter.decal(
        1,
        Parts.GLASS,
        at(nose - 0.01, 0.1 - half, sill + 0.06),
        at(nose - 0.01, half - 0.1, sill + 0.06),
        at(nose - 0.7 * RAKE, half - 0.14, top - 0.3),
        at(nose - 0.7 * RAKE, 0.14 - half, top - 0.3));
    painter.face(
        paint,
        at(rear, -half, top),
        at(nose - RAKE, -half, top),
        at(nose - RAKE, half, top),
        at(rear, half, top));
    painter.face(
        paint,
        at(rear, -half, 0.45),
        at(rear, half, 0.45),
        at(rear, half, top),
        at(rear, -half, top));
  }

  private void box(Painter painter, double back, double front) {
    painter.box(cargoPaint, back, -half, deck, front, half, cargoHeight);
    double middle = (back + front) / 2;
    double y = half + 0.004;
    if (cargo == Cargo.CURTAIN) {
      int fold = Colours.scaled(cargoPaint, 0.85);
      for (double x = back + 0.4; x < front - 0.2; x += 0.8) {
        Parts.onSides(painter, 1, fold, y, x, deck + 0.15, x + 0.12, cargoHeight - 0.1);
      }
    }
    if (logo) {
      double reach = 0.3 * (front - back);
      Parts.onSides(
          painter, 2, second, y, middle - reach, deck + 0.7, middle + reach, cargoHeight - 0.6);
      Parts.onSides(
          painter,
          3,
          cargoPaint,
          y,
          middle - 0.6 * reach,
          deck + 1.0,
          middle + 0.7 * reach,
          cargoHeight - 0.9);
    }
    Parts.onSides(painter, 1, 0x58585C, y, back, deck, front, deck + 0.1);
    Parts.onEnd(
        painter, 1, Colours.scaled(cargoPaint, 0.6), back - 0.01, -0.03, deck, 0.03, cargoHeight);
    Parts.onEnd(
        painter,
        1,
        Colours.scaled(cargoPaint, 0.75),
        back - 0.01,
        0.1 - half,
        deck + 0.1,
        half - 0.1,
        deck + 0.2);
  }

  private void flatbed(Painter painter, double back, double front) {
    painter.box(0x5C4A38, back, -half, deck, front, half, deck + 0.15);
    painter.box(cargoPaint, front - 0.1, -half, deck, front, half, deck + 1.2);
    double step = (front - back) / 3;
    for (int i = 0; i < 3; i++) {
      if ((second >> i & 1) == 0 || logo) {
        double x = back + 0.2 + i * step;
        int rgb = i == 1 ? second : Colours.scaled(second, 0.7);
        painter.box(
            rgb, x, 0.25 - half, deck + 0.15, x + step - 0.3, half - 0.25, deck + 0.7 + 0.25 * i);
      }
    }
  }

  private void tank(Painter painter, double back, double front) {
    double radius = Math.min(half - 0.05, (cargoHeight - deck) / 2);
    double z = deck + radius - 0.1;
    painter.limb(cargoPaint, back + radius * 0.7, 0, z, radius, front - radius * 0.7, 0, z, radius);
    painter.box(second, back + 0.8, -0.3, z + radius - 0.05, front - 0.8, 0.3, z + radius + 0.08);
  }

  private void tipper(Painter painter, double back, double front) {
    double low = deck + 0.1;
    double high = deck + 1.3;
    for (int side = -1; side <= 1; side += 2) {
      double y = side * half;
      double in = side * (half - 0.2);
      painter.face(
          cargoPaint,
          at(back + 0.1, in, low),
          at(front, in, low),
          at(front, y, high),
          at(back - 0.1, y, high));
      int rib = Colours.scaled(cargoPaint, 0.7);
      for (double x = back + 0.6; x < front - 0.2; x += 1.0) {
        painter.decal(
            1,
            rib,
            at(x, in + side * 0.01, low),
            at(x + 0.12, in + side * 0.01, low),
            at(x + 0.12, y + side * 0.01, high),
            at(x, y + side * 0.01, high));
      }
    }
    painter.face(
        cargoPaint,
        at(front, 0.2 - half, low),
        at(front, half - 0.2, low),
        at(front, half, high + 0.3),
        at(front, -half, high + 0.3));
    painter.face(
        cargoPaint,
        at(back + 0.1, 0.2 - half, low),
        at(back + 0.1, half - 0.2, low),
        at(back - 0.1, half, high),
        at(back - 0.1, -half, high));
    heap(painter, back, front, high);
  }

  private void heap(Painter painter, double back, double front, double high) {
    int load = logo ? 0x7A6248 : 0x6C6C6A;
    double middle = (back + front) / 2;
    double heap = high + 0.35;
    painter.face(
        load,
        at(back, -half, high - 0.1),
        at(back, half, high - 0.1),
        at(middle, 0.3, heap),
        at(middle, -0.3, heap));
    painter.face(
        load,
        at(front, -half, high - 0.1),
        at(front, half, high - 0.1),
        at(middle, 0.3, heap),
        at(middle, -0.3, heap));
    painter.face(
        load, at(back, half, high - 0.1), at(front, half, high - 0.1), at(middle, 0.3, heap));
    painter.face(
        load, at(back, -half, high - 0.1), at(front, -half, high - 0.1), at(middle, -0.3, heap));
  }

  private void mixer(Painter painter, double back, double front) {
    double middle = (back + front) / 2;
    double z = deck + 1.15;
    painter.limb(cargoPaint, back + 0.7, 0, z + 0.55, 0.55, middle, 0, z + 0.1, 1.15);
    painter.limb(cargoPaint, middle, 0, z + 0.1, 1.15, front - 0.6, 0, z - 0.1, 0.75);
    painter.limb(second, middle - 0.2, 0, z + 0.12, 1.17, middle + 0.1, 0, z + 0.1, 1.17);
    painter.face(
        0x505054,
        at(back, -0.4, deck + 1.2),
        at(back, 0.4, deck + 1.2),
        at(back + 0.7, 0.5, z + 1.1),
        at(back + 0.7, -0.5, z + 1.1));
  }
}
