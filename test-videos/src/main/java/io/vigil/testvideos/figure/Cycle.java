package io.vigil.testvideos.figure;

import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Painter;

/** A bicycle, and who rides it: two figures at one place. */
public final class Cycle {

  private static final double WHEEL = 0.34;
  private static final double TYRE = 0.024;
  private static final double BASE = 0.53;
  private static final double CRANK = 0.17;
  private static final double GEAR = 2.3;
  private static final double AXLE_X = -0.06;
  private static final double AXLE_Z = 0.30;
  private static final int DARK = 0x1E1E22;

  private final int frame;
  private final int tyre;
  private final boolean upright;
  private final boolean basket;
  private final boolean mudguards;
  private final int basketColour;
  private final double size;

  public Cycle(Dice dice) {
    frame = dice.chance(0.3) ? Colours.varied(dice, 0x2A2A2E, 0.4) : Colours.any(dice);
    tyre = dice.chance(0.85) ? DARK : 0xA08058;
    upright = dice.chance(0.6);
    basket = dice.chance(0.3);
    mudguards = dice.chance(0.5);
    basketColour = Colours.any(dice);
    size = dice.between(0.93, 1.08);
  }

  /** Under its rider. */
  public Figure bicycle() {
    return this::ridden;
  }

  /** Left somewhere, its lamps off. */
  public Figure parked() {
    return this::draw;
  }

  private void ridden(Painter painter, double travelled) {
    draw(painter, travelled);
    if (painter.dark()) {
      painter.glow(0xE0E0C8, BASE + 0.02, 0, 0.7, 0.35);
      painter.glow(0x901010, -BASE - 0.35, 0, 0.6, 0.25);
    }
  }

  private void draw(Painter painter, double travelled) {
    double turn = travelled / (WHEEL * size);
    wheel(painter, -BASE, turn);
    wheel(painter, BASE, turn);
    double seatZ = 0.86 * size;
    double barX = 0.4;
    double barZ = (upright ? 1.0 : 0.9) * size;
    bar(painter, -BASE, WHEEL, AXLE_X, AXLE_Z);
    bar(painter, -BASE, WHEEL, -0.2, seatZ - 0.12);
    bar(painter, AXLE_X, AXLE_Z, -0.22, seatZ);
    bar(painter, AXLE_X, AXLE_Z, barX - 0.02, 0.68);
    bar(painter, -0.18, 0.72, barX, 0.76);
    bar(painter, BASE, WHEEL, barX, 0.74);
    bar(painter, barX, 0.74, barX - 0.05, barZ);
    handlebar(painter, barX - 0.05, barZ);
    painter.limb(DARK, -0.34, 0, seatZ + 0.03, 0.055, -0.1, 0, seatZ + 0.03, 0.035);
    pedals(painter, turn / GEAR);
    extras(painter, seatZ, barZ);
  }

  private void handlebar(Painter painter, double x, double z) {
    double back = upright ? -0.14 : 0.1;
    painter.limb(0x88888C, x, -0.26, z, 0.018, x, 0.26, z, 0.018);
    painter.limb(DARK, x, -0.26, z, 0.022, x + back, -0.28, z - (upright ? 0 : 0.1), 0.022);
    painter.limb(DARK, x, 0.26, z, 0.022, x + back, 0.28, z - (upright ? 0 : 0.1), 0.022);
  }

  private void extras(Painter painter, double seatZ, double barZ) {
    if (mudguards) {
      painter.limb(frame, -BASE - 0.3, 0, 0.56, 0.03, -BASE + 0.1, 0, 0.73, 0.03);
      painter.limb(frame, BASE - 0.2, 0, 0.69, 0.03, BASE + 0.2, 0, 0.68, 0.03);
    }
    if (basket) {
      painter.box(basketColour, 0.42, -0.19, barZ - 0.28, 0.78, 0.19, barZ - 0.02);
    }
    painter.ball(0xB02020, -BASE - 0.3, 0, seatZ - 0.25, 0.035);
  }

  private void bar(Painter painter, double ax, double az, double bx, double bz) {
    painter.limb(frame, ax, 0, az, 0.024, bx, 0, bz, 0.024);
  }

  private void pedals(Painter painter, double turn) {
    painter.limb(0x58585C, AXLE_X, -0.03, AXLE_Z, 0.09, AXLE_X, -0.03, AXLE_Z, 0.09);
    for (int side = -1; side <= 1; side += 2) {
      double x = AXLE_X + side * CRANK * StrictMath.cos(turn);
      double z = AXLE_Z - side * CRANK * StrictMath.sin(turn);
      painter.limb(0x606064, AXLE_X, 0.07 * side, AXLE_Z, 0.016, x, 0.09 * side, z, 0.016);
      painter.limb(DARK, x - 0.05, 0.14 * side, z, 0.02, x + 0.05, 0.14 * side, z, 0.02);
    }
  }

  private void wheel(Painter painter, double x, double turn) {
    int parts = painter.samplesPerMetre() > 60 ? 20 : 12;
    double radius = WHEEL * size;
    double hub = radius + TYRE;
    for (int i = 0; i < parts; i++) {
      double from = 2 * Math.PI * i / parts;
      double to = 2 * Math.PI * (i + 1) / parts;
      painter.limb(
          tyre,
          x + radius * StrictMath.cos(from),
          0,
          hub + radius * StrictMath.sin(from),
          TYRE,
          x + radius * StrictMath.cos(to),
          0,
          hub + radius * StrictMath.sin(to),
          TYRE);
    }
    if (painter.samplesPerMetre() > 40) {
      for (int i = 0; i < 5; i++) {
        double angle = -turn + Math.PI * i / 5;
        double dx = radius * StrictMath.cos(angle);
        double dz = radius * StrictMath.sin(angle);
        painter.limb(0x9A9AA0, x - dx, 0, hub - dz, 0.004, x + dx, 0, hub + dz, 0.004);
      }
    }
    painter.ball(0x707074, x, 0, hub, 0.045);
  }

  /** Who sits on it and pedals. */
  public Figure rider(Dice dice) {
    var look = Look.of(dice, false).riding(dice.chance(0.55));
    double lean = upright ? dice.between(0.05, 0.25) : dice.between(0.35, 0.7);
    return (painter, travelled) -> ride(painter, look, lean, travelled);
  }

  private void ride(Painter painter, Look look, double lean, double travelled) {
    double h = look.height();
    double turn = travelled / (WHEEL * size * GEAR);
    double hipX = -0.24;
    double hipZ = 0.92 * size;
    double length = 0.32 * h;
    double shoulderX = hipX + length * StrictMath.sin(lean);
    double shoulderZ = hipZ + length * StrictMath.cos(lean);
    for (int side = -1; side <= 1; side += 2) {
      leg(painter, look, side, hipX, hipZ, turn);
      arm(painter, look, side, shoulderX, shoulderZ);
    }
    double wide = 0.075 * h * look.girth();
    painter.limb(look.top(), hipX, 0.05 * h, hipZ, wide, shoulderX, 0.05 * h, shoulderZ, wide);
    painter.limb(look.top(), hipX, -0.05 * h, hipZ, wide, shoulderX, -0.05 * h, shoulderZ, wide);
    if (look.carried() == Look.Carried.BACKPACK) {
      double x = (hipX + 2 * shoulderX) / 3 - 0.18;
      double z = (hipZ + 2 * shoulderZ) / 3 + 0.05;
      painter.limb(look.carriedColour(), x, 0.07, z, 0.12, x, -0.07, z - 0.1, 0.13);
    }
    // the head's own place is above the origin of a standing person
    double rise = shoulderZ - 0.82 * h;
    Body.head(painter, look, shoulderX + 0.05 + 0.1 * lean, rise);
  }

  private void leg(Painter painter, Look look, int side, double hipX, double hipZ, double turn) {
    double h = look.height();
    double footX = AXLE_X + side * CRANK * StrictMath.cos(turn);
    double footZ = AXLE_Z - side * CRANK * StrictMath.sin(turn) + 0.05;
    double dx = footX - hipX;
    double dz = footZ - hipZ;
    double reach = Math.sqrt(dx * dx + dz * dz);
    double half = 0.255 * h;
    double out = Math.sqrt(Math.max(0.004, half * half - reach * reach / 4));
    double kneeX = hipX + dx / 2 - dz / reach * out;
    double kneeZ = hipZ + dz / 2 + dx / reach * out;
    double y = side * 0.1;
    painter.limb(look.thighs(), hipX, y, hipZ, 0.05 * h, kneeX, y, kneeZ, 0.038 * h);
    painter.limb(look.shins(), kneeX, y, kneeZ, 0.037 * h, footX, y, footZ, 0.026 * h);
    painter.limb(look.shoes(), footX - 0.05, y, footZ, 0.04, footX + 0.12, y, footZ - 0.01, 0.034);
  }

  private void arm(Painter painter, Look look, int side, double x, double z) {
    double h = look.height();
    double handX = upright ? 0.24 : 0.42;
    double handZ = (upright ? 1.03 : 0.9) * size;
    double y = side * 0.125 * h;
    double elbowX = (x + handX) / 2 - 0.03;
    double elbowZ = (z + handZ) / 2 - 0.07;
    painter.limb(look.top(), x, y, z, 0.034 * h, elbowX, side * 0.15 * h, elbowZ, 0.027 * h);
    painter.limb(
        look.sleeves(),
        elbowX,
        side * 0.15 * h,
        elbowZ,
        0.026 * h,
        handX,
        side * 0.26,
        handZ,
        0.02 * h);
    painter.ball(look.skin(), handX, side * 0.26, handZ, 0.04);
  }
}
