package io.vigil.testvideos.scene;

import static io.vigil.testvideos.scene.Layouts.degrees;

import io.vigil.testvideos.figure.Building;
import io.vigil.testvideos.figure.Props;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Texture;

/** Rows of parked cars along x, with aisles between them. */
final class ParkingLayout {

  private static final double STALL = 2.6;
  private static final double DEEP = 5.2;
  private static final double AISLE = 6.4;
  private static final double HALF = 30;
  private static final int AISLES = 3;

  private final Setting setting;
  private final Dice dice;
  private final Traffic traffic;
  private final double pitch = AISLE + 2 * DEEP;

  ParkingLayout(Setting setting) {
    this.setting = setting;
    dice = setting.dice;
    traffic = new Traffic(setting);
  }

  void lay() {
    boolean steep = dice.chance(0.35);
    setting.camera =
        Layouts.above(
            dice.between(-6, 6),
            (dice.chance(0.5) ? 0 : pitch / 2) + dice.between(-3, 3),
            dice.between(0, 2 * Math.PI),
            degrees(steep ? dice.between(50, 80) : dice.between(20, 50)),
            steep ? dice.between(7, 14) : dice.between(5, 12),
            degrees(dice.between(44, 60)));
    ground();
    stalls();
    moving();
    around();
    for (int aisle = -1; aisle <= 1; aisle++) {
      double y = aisle * pitch;
      for (double x = -12; x <= 12; x += 3) {
        setting.stripe("aisle " + (aisle + 2), x, y - AISLE / 2, x, y + AISLE / 2);
      }
    }
  }

  private void ground() {
    Grounds.everywhere(setting);
    int asphalt = Grounds.asphalt(dice);
    int paint = Grounds.marking(dice);
    double deep = AISLES * pitch / 2 + 3;
    var texture = dice.chance(0.8) ? Texture.ASPHALT : Grounds.pavingTexture(dice);
    setting.rectangle(texture, asphalt, -HALF - 3, -deep, HALF + 3, deep);
    Grounds.mended(setting, asphalt, -15, -10, 15, 10);
    Grounds.mended(setting, asphalt, -15, -10, 15, 10);
    for (int aisle = -1; aisle <= 1; aisle++) {
      for (int side = -1; side <= 1; side += 2) {
        double mouth = aisle * pitch + side * AISLE / 2;
        double end = mouth + side * DEEP;
        for (double x = -HALF; x <= HALF; x += STALL) {
          setting.rectangle(texture, paint, x - 0.06, mouth, x + 0.06, end);
        }
      }
    }
  }

  private void stalls() {
    double full = dice.between(0.15, 0.75);
    for (int aisle = -1; aisle <= 1; aisle++) {
      for (int side = -1; side <= 1; side += 2) {
        double y = aisle * pitch + side * (AISLE / 2 + DEEP / 2);
        for (double x = -HALF + STALL / 2; x < HALF; x += STALL) {
          if (dice.chance(full)) {
            double heading = dice.pick(-1, 1) * Math.PI / 2 + dice.between(-0.05, 0.05);
            traffic.parkedCar(x + dice.between(-0.2, 0.2), y + dice.between(-0.3, 0.3), heading);
          }
        }
      }
    }
  }

  private void moving() {
    for (int aisle = -1; aisle <= 1; aisle++) {
      double y = aisle * pitch;
      traffic.lane(
          Route.straight(-HALF - 6, y - 1.6, HALF + 6, y - 1.6),
          dice.between(2, 4.5),
          dice.between(9, 26));
      if (dice.chance(0.6)) {
        traffic.lane(
            Route.straight(HALF + 6, y + 1.6, -HALF - 6, y + 1.6),
            dice.between(2, 4.5),
            dice.between(9, 26));
      }
      traffic.cyclists(() -> along(y + dice.between(-3, 3)), dice.between(6, 14));
      traffic.walkers(
          () -> along(y + dice.pick(-1, 1) * dice.between(2.3, 3.2)), dice.between(5, 12));
    }
    traffic.walkers(this::across, dice.between(2.5, 8));
  }

  private Route along(double y) {
    double aside = y + dice.between(-1, 1);
    return dice.chance(0.5)
        ? Route.straight(-HALF, y, HALF, aside)
        : Route.straight(HALF, aside, -HALF, y);
  }

  /** Between the parked cars, on a line between two stalls. */
  private Route across() {
    double x = STALL * dice.whole(-9, 9) + dice.between(-0.1, 0.1);
    double deep = AISLES * pitch / 2;
    return dice.chance(0.5) ? Route.straight(x, -deep, x, deep) : Route.straight(x, deep, x, -deep);
  }

  private void around() {
    double deep = AISLES * pitch / 2 + 2;
    for (int side = -1; side <= 1; side += 2) {
      for (double x = -HALF; x < HALF; ) {
        double width = dice.between(9, 16);
        if (dice.chance(0.6)) {
          setting.prop(new Building(dice, width), x, side * (deep + 3), -side * Math.PI / 2, 30);
        }
        x += width;
      }
    }
    for (int i = dice.whole(3, 9); i > 0; i--) {
      double x = STALL * dice.whole(-9, 9);
      double y = dice.whole(-1, 1) * pitch + pitch / 2 + dice.between(-0.3, 0.3);
      setting.prop(dice.chance(0.25) ? Props.tree(dice) : Props.any(dice), x, y, 0, 13);
    }
    double height = dice.between(6, 8);
    for (double x = -20; x <= 20; x += 20) {
      for (int row = -1; row <= 0; row++) {
        double y = row * pitch + pitch / 2;
        setting.lamp(Props.lampPost(dice, height), x + STALL / 2, y, 0, height, 0.9);
      }
    }
  }
}
