package io.vigil.testvideos.figure;

import io.vigil.testvideos.figure.Look.Carried;
import io.vigil.testvideos.figure.Look.Lower;
import io.vigil.testvideos.figure.Look.Upper;
import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Figure;
import io.vigil.testvideos.render.Painter;

/** Someone who walks, stands or sits. Lengths are shares of the body's height. */
public final class Person implements Figure {

  private static final double HIP = 0.5;
  private static final double SHOULDER = 0.815;
  private static final double THIGH = 0.24;
  private static final double SHIN = 0.24;
  private static final double ARM = 0.165;

  /** Two steps. */
  private static final double STRIDE = 0.84;

  private enum Stance {
    WALKING,
    STANDING,
    SITTING
  }

  private final Look look;
  private final Stance stance;
  private final double phase;
  private final double bend;
  private final boolean phone;

  private Person(Look look, Stance stance, Dice dice) {
    this.look = look;
    this.stance = stance;
    phase = dice.between(0, 2 * Math.PI);
    bend = dice.between(-0.1, 0.35);
    phone = dice.chance(stance == Stance.WALKING ? 0.12 : 0.35);
  }

  public static Person walking(Dice dice, boolean wet) {
    return new Person(Look.of(dice, wet), Stance.WALKING, dice);
  }

  public static Person standing(Dice dice, boolean wet) {
    return new Person(Look.of(dice, wet), Stance.STANDING, dice);
  }

  /** On a seat at 0.45 metres. */
  public static Person sitting(Dice dice) {
    return new Person(Look.of(dice, false), Stance.SITTING, dice);
  }

  @Override
  public void draw(Painter painter, double travelled) {
    double h = look.height();
    double turn = phase + (stance == Stance.WALKING ? 2 * Math.PI * travelled / (STRIDE * h) : 0);
    double swing = stance == Stance.WALKING ? StrictMath.sin(turn) : 0;
    double lift = StrictMath.cos(turn);
    double drop = stance == Stance.SITTING ? HIP * h - 0.5 : 0.012 * h * Math.abs(swing);
    if (stance == Stance.SITTING) {
      seated(painter, h, 1);
      seated(painter, h, -1);
    } else {
      leg(painter, h, 1, 0.46 * swing, walking() ? Math.max(0, lift) : 0, drop);
      leg(painter, h, -1, -0.46 * swing, walking() ? Math.max(0, -lift) : 0, drop);
    }
    Body.trunk(painter, look, -drop, stance == Stance.SITTING);
    arms(painter, h, swing, drop);
    Body.head(painter, look, 0.01 * h, -drop);
    if (stance != Stance.SITTING) {
      carried(painter, h, drop);
    }
  }

  private boolean walking() {
    return stance == Stance.WALKING;
  }

  private void leg(Painter painter, double h, int side, double angle, double lifted, double drop) {
    double y = side * 0.052 * h;
    double width = look.girth();
    double kneeX = THIGH * h * StrictMath.sin(angle + 0.25 * lifted);
    double kneeZ = HIP * h - drop - THIGH * h * StrictMath.cos(angle + 0.25 * lifted);
    double lower = angle - 0.75 * lifted - (angle < 0 ? 0.1 : 0);
    double footX = kneeX + SHIN * h * StrictMath.sin(lower);
    double footZ = Math.max(0.03 * h, kneeZ - SHIN * h * StrictMath.cos(lower));
    painter.limb(
        look.thighs(), 0, y, HIP * h - drop, 0.05 * h * width, kneeX, y, kneeZ, 0.036 * h * width);
    painter.limb(
        look.shins(), kneeX, y, kneeZ, 0.035 * h * width, footX, y, footZ + 0.02 * h, 0.024 * h);
    painter.limb(
        look.shoes(), footX, y, footZ, 0.026 * h, footX + 0.09 * h, y, footZ - 0.008 * h, 0.02 * h);
  }

  private void seated(Painter painter, double h, int side) {
    double y = side * 0.06 * h;
    double knee = THIGH * h;
    painter.limb(look.thighs(), 0, y, 0.5, 0.05 * h, knee, y, 0.5, 0.04 * h);
    painter.limb(look.shins(), knee, y, 0.49, 0.035 * h, knee + 0.03, y, 0.08, 0.026 * h);
    painter.limb(look.shoes(), knee + 0.03, y, 0.045, 0.03 * h, knee + 0.16, y, 0.04, 0.025 * h);
  }

  private void arms(Painter painter, double h, double swing, double drop) {
    boolean holds = look.carried() == Carried.UMBRELLA && stance != Stance.SITTING;
    arm(painter, h, 1, -0.4 * swing, drop, bend + (stance == Stance.SITTING ? 0.7 : 0));
    if (holds || phone) {
      arm(painter, h, -1, 0.15, drop, 1.9);
    } else {
      arm(painter, h, -1, 0.4 * swing, drop, bend + 0.1);
    }
  }

  private void arm(Painter painter, double h, int side, double angle, double drop, double bent) {
    double y = side * (0.105 + 0.02 * look.girth()) * h;
    double z = (SHOULDER - 0.015) * h - drop;
    double elbowX = ARM * h * StrictMath.sin(angle);
    double elbowZ = z - ARM * h * StrictMath.cos(angle);
    double fore = angle + 0.15 + bent;
    double handX = elbowX + 0.15 * h * StrictMath.sin(fore);
    double handZ = elbowZ - 0.15 * h * StrictMath.cos(fore);
    double outY = y + side * 0.02 * h;
    double thick = look.upper() == Upper.COAT || look.upper() == Upper.JACKET ? 0.034 : 0.027;
    painter.limb(look.top(), 0, y, z, thick * 1.1 * h, elbowX, outY, elbowZ, thick * 0.9 * h);
    painter.limb(
        look.sleeves(), elbowX, outY, elbowZ, thick * 0.85 * h, handX, y, handZ, 0.021 * h);
    painter.ball(look.skin(), handX, y, handZ - 0.01 * h, 0.026 * h);
  }

  private void carried(Painter painter, double h, double drop) {
    int colour = look.carriedColour();
    switch (look.carried()) {
      case BAG -> painter.box(colour, -0.1, 0.19, 0.38 * h, 0.14, 0.27, 0.55 * h);
      case SUITCASE -> painter.box(colour, -0.62, -0.32, 0.05, -0.4, 0.06, 0.6);
      case UMBRELLA -> umbrella(painter, h - drop);
      default -> {}
    }
  }

  private void umbrella(Painter painter, double h) {
    int colour = look.carriedColour();
    double x = 0.12 * h;
    double y = -0.1 * h;
    painter.limb(0x303030, x, y, 0.65 * h, 0.012, x, y, 1.2 * h, 0.012);
    double[][] rings = {
      {x, y, 1.06 * h, 0.5, 0.5}, {x, y, 1.16 * h, 0.36, 0.36}, {x, y, 1.22 * h, 0.01, 0.01}
    };
    painter.loft(colour, 8, rings);
    for (int i = 0; i < 8; i += 2) {
      double a = Math.PI * i / 4;
      double b = Math.PI * (i + 1) / 4;
      double[] corners = {
        x + 0.5 * StrictMath.cos(a),
        y + 0.5 * StrictMath.sin(a),
        1.06 * h,
        x + 0.5 * StrictMath.cos(b),
        y + 0.5 * StrictMath.sin(b),
        1.06 * h,
        x,
        y,
        1.22 * h
      };
      painter.decal(1, Colours.scaled(colour, 0.8), corners);
    }
  }

  /** Whether a skirt hides the legs' upper half. */
  static boolean skirted(Look look) {
    return look.lower() == Lower.SKIRT || look.lower() == Lower.DRESS;
  }
}
