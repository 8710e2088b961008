package io.vigil.testvideos.scene;

import static io.vigil.testvideos.scene.Layouts.degrees;

import io.vigil.testvideos.figure.Building;
import io.vigil.testvideos.figure.Props;
import io.vigil.testvideos.render.Camera;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Texture;

/** An open place for people on foot, x from -24 to 24 and y from 0 to 28, a street behind it. */
final class PlazaLayout {

  private static final double HALF = 26;
  private static final double DEEP = 26;
  private static final double ROAD = 6.4;

  private final Setting setting;
  private final Dice dice;
  private final Traffic traffic;

  PlazaLayout(Setting setting) {
    this.setting = setting;
    dice = setting.dice;
    traffic = new Traffic(setting);
  }

  void lay() {
    double height = dice.between(2.0, 6.5);
    double aside = dice.between(-8, 8);
    setting.camera =
        Camera.lookingAt(
            aside,
            -dice.between(2, 6),
            height,
            aside * dice.between(-0.8, 0.8),
            dice.between(9, 16),
            dice.between(0, 1.2),
            degrees(dice.between(30, 46)));
    ground();
    buildings();
    furniture();
    people();
    street();
    double x = dice.between(-3, 3);
    setting.stripe("place", x, 4, x, DEEP);
    setting.stripe("street", x, DEEP + 1, x, DEEP + 1 + ROAD);
  }

  private void ground() {
    Grounds.everywhere(setting);
    var texture =
        dice.pick(
            Texture.SLABS,
            Texture.SLABS,
            Texture.COBBLES,
            Texture.PLANKS,
            Texture.ASPHALT,
            Texture.GRAVEL);
    int rgb =
        texture == Texture.PLANKS
            ? dice.colour(0x8A6040, 0x9C7850, 0x6C4A34)
            : Grounds.paving(dice);
    setting.rectangle(texture, rgb, -HALF - 20, -30, HALF + 20, DEEP + 30);
    for (int i = dice.whole(0, 3); i > 0; i--) {
      double x = dice.between(-HALF, HALF);
      double width = dice.between(0.5, 3);
      setting.rectangle(texture, Grounds.paving(dice), x, -10, x + width, DEEP);
    }
    setting.rectangle(
        Texture.ASPHALT, Grounds.asphalt(dice), -HALF - 40, DEEP + 1, HALF + 40, DEEP + 1 + ROAD);
    Grounds.dashes(setting, Grounds.marking(dice), DEEP + 1 + ROAD / 2, -HALF - 20, HALF + 20);
  }

  private void buildings() {
    for (double x = -HALF - 22; x < HALF + 20; ) {
      double width = dice.between(8, 16);
      setting.prop(new Building(dice, width), x + width / 2, DEEP + ROAD + 5, -Math.PI / 2, 0);
      x += width + (dice.chance(0.2) ? 3 : 0);
    }
    for (int side = -1; side <= 1; side += 2) {
      for (double y = 6; y < DEEP - 4; ) {
        double width = dice.between(7, 12);
        setting.prop(
            new Building(dice, width), side * HALF, y + width / 2, side < 0 ? 0 : Math.PI, 8);
        y += width;
      }
    }
  }

  private void furniture() {
    for (int i = dice.whole(4, 14); i > 0; i--) {
      setting.prop(
          Props.any(dice), dice.between(-18, 18), dice.between(4, DEEP - 1), dice.between(0, 6), 7);
    }
    for (int i = dice.whole(0, 5); i > 0; i--) {
      setting.prop(Props.tree(dice), dice.between(-20, 20), dice.between(10, DEEP), 0, 10);
    }
    for (int i = dice.whole(0, 3); i > 0; i--) {
      double x = dice.between(-15, 15);
      double y = dice.between(7, 20);
      setting.prop(Props.parasol(dice), x, y, 0, 7);
      seats(x, y);
    }
    for (int i = dice.whole(0, 3); i > 0; i--) {
      double x = dice.between(-14, 14);
      double y = dice.between(6, 20);
      double heading = dice.between(0, 2 * Math.PI);
      setting.prop(Props.bench(dice), x, y, heading, 6);
      if (dice.chance(0.7)) {
        traffic.sitting(x, y, heading);
      }
    }
    double height = dice.between(3.5, 6);
    for (double x = -15; x <= 15; x += 10) {
      double y = dice.between(8, 18);
      setting.lamp(Props.lampPost(dice, height), x, y, dice.between(0, 6), height, 0.8);
    }
  }

  private void seats(double x, double y) {
    for (int i = dice.whole(0, 3); i > 0; i--) {
      double angle = i * 1.7 + dice.between(0, 0.5);
      traffic.sitting(
          x + 0.9 * StrictMath.cos(angle), y + 0.9 * StrictMath.sin(angle), angle + Math.PI);
    }
  }

  private void people() {
    traffic.walkers(this::chord, dice.between(0.8, 3.5));
    traffic.cyclists(this::chord, dice.between(4, 12));
    for (int i = dice.whole(0, 8); i > 0; i--) {
      double x = dice.between(-13, 13);
      double y = dice.between(5, 22);
      double heading = dice.between(0, 2 * Math.PI);
      traffic.standing(x, y, heading);
      if (dice.chance(0.5)) {
        traffic.standing(
            x + 0.8 * StrictMath.cos(heading), y + 0.8 * StrictMath.sin(heading), heading + 3);
      }
    }
    for (int i = dice.whole(0, 4); i > 0; i--) {
      double x = dice.between(-14, 14);
      double y = dice.between(6, 22);
      traffic.parkedBicycle(x, y, dice.between(0, 6));
      traffic.parkedBicycle(x + 0.8, y + 0.2, dice.between(0, 6));
    }
  }

  /** Straight over the place, from one side to another. */
  private Route chord() {
    double y0 = dice.between(3.5, DEEP - 1);
    double y1 = dice.between(3.5, DEEP - 1);
    double x = dice.between(-20, 20);
    return switch (dice.whole(0, 3)) {
      case 0 -> Route.straight(-HALF + 1, y0, HALF - 1, y1);
      case 1 -> Route.straight(HALF - 1, y0, -HALF + 1, y1);
      case 2 -> Route.straight(x, DEEP, Math.signum(x) * HALF, y0 * 0.3 + 2);
      default -> Route.straight(Math.signum(x) * HALF, y0 * 0.3 + 2, x, DEEP);
    };
  }

  private void street() {
    double speed = dice.between(4, 9);
    double near = DEEP + 1 + ROAD / 4;
    double far = DEEP + 1 + 0.75 * ROAD;
    traffic.lane(Route.straight(-HALF - 20, near, HALF + 20, near), speed, dice.between(8, 25));
    traffic.lane(Route.straight(HALF + 20, far, -HALF - 20, far), speed, dice.between(8, 25));
    if (dice.chance(0.5)) {
      double x = dice.between(-12, 12);
      double y = dice.between(11, 21);
      double heading = dice.between(0, 2 * Math.PI);
      switch (dice.whole(0, 2)) {
        case 0 -> traffic.parkedCar(x, y, heading);
        case 1 -> traffic.parkedTruck(x, y, heading);
        default -> traffic.parkedBus(x, y, heading);
      }
    }
  }
}
