package io.vigil.testvideos.scene;

import static io.vigil.testvideos.scene.Layouts.degrees;

import io.vigil.testvideos.figure.Building;
import io.vigil.testvideos.figure.Props;
import io.vigil.testvideos.render.Camera;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Texture;

/**
 * Two roads that cross at the origin, along x and along y. Those along x go; those along y wait,
 * and people cross before them.
 */
final class CrossingLayout {

  private static final double LANE = 3.2;
  private static final double REACH = 40;

  private final Setting setting;
  private final Dice dice;
  private final Traffic traffic;
  private final int lanes;
  private final double road;
  private final double pavement;

  CrossingLayout(Setting setting) {
    this.setting = setting;
    dice = setting.dice;
    traffic = new Traffic(setting);
    lanes = dice.whole(1, 2);
    road = lanes * LANE + 1.6;
    pavement = dice.between(2.5, 4.5);
  }

  void lay() {
    double towards = degrees(225 + dice.between(-18, 18));
    double distance = (road + pavement) * 1.42 + dice.between(1, 8);
    setting.camera =
        Camera.lookingAt(
            distance * StrictMath.cos(towards),
            distance * StrictMath.sin(towards),
            dice.between(4.5, 9.5),
            dice.between(-3, 5),
            dice.between(-3, 5),
            dice.between(0, 1),
            degrees(dice.between(36, 52)));
    ground();
    corners();
    vehicles();
    people();
    double zebra = road + 2.2;
    setting.stripe("east road", road + 0.3, -road, road + 0.3, road);
    setting.stripe("west road", -road - 0.3, -road, -road - 0.3, road);
    setting.stripe("north crossing", 0, zebra - 2, 0, zebra + 2);
    setting.stripe("south crossing", 0, -zebra - 2, 0, 2 - zebra);
  }

  private void ground() {
    Grounds.everywhere(setting);
    int paving = Grounds.paving(dice);
    var texture = Grounds.pavingTexture(dice);
    double edge = road + pavement;
    double far = REACH + 40;
    setting.rectangle(texture, paving, -far, -edge, far, edge);
    setting.rectangle(texture, paving, -edge, -far, edge, far);
    setting.rectangle(texture, paving, -edge - 6, -edge - 6, edge + 6, edge + 6);
    int asphalt = Grounds.asphalt(dice);
    setting.rectangle(Texture.ASPHALT, asphalt, -far, -road, far, road);
    setting.rectangle(Texture.ASPHALT, asphalt, -road, -far, road, far);
    Grounds.mended(setting, asphalt, -10, -road, 20, road);
    markings(far);
  }

  private void markings(double far) {
    int paint = Grounds.marking(dice);
    double stop = road + 4.2;
    for (int side = -1; side <= 1; side += 2) {
      double from = side < 0 ? -far : stop;
      double to = side < 0 ? -stop : far;
      setting.rectangle(Texture.ASPHALT, paint, from, -0.07, to, 0.07);
      setting.rectangle(Texture.ASPHALT, paint, -0.07, from, 0.07, to);
      if (lanes > 1) {
        for (int lane = -1; lane <= 1; lane += 2) {
          Grounds.dashes(setting, paint, lane * LANE, from, to);
          Grounds.dashesAcross(setting, paint, lane * LANE, from, to);
        }
      }
      Grounds.zebra(setting, paint, side * (road + 2.2), 3, -road, road);
      Grounds.zebraAcross(setting, paint, side * (road + 2.2), 3, -road, road);
    }
  }

  private void corners() {
    double edge = road + pavement + 0.5;
    for (int sideX = -1; sideX <= 1; sideX += 2) {
      for (int sideY = -1; sideY <= 1; sideY += 2) {
        corner(sideX, sideY, edge);
        furniture(sideX, sideY);
      }
    }
  }

  private void corner(int sideX, int sideY, double edge) {
    boolean camera = sideX < 0 && sideY < 0;
    if (camera) {
      return;
    }
    if (dice.chance(0.25)) {
      park(sideX, sideY, edge);
      return;
    }
    for (double along = edge + 1; along < REACH + 6; ) {
      double width = dice.between(8, 15);
      double middle = along + width / 2;
      setting.prop(
          new Building(dice, width), sideX * middle, sideY * edge, -sideY * Math.PI / 2, 14);
      if (along > edge + 8) {
        setting.prop(
            new Building(dice, width), sideX * edge, sideY * middle, sideX < 0 ? 0 : Math.PI, 14);
      }
      along += width;
    }
  }

  private void park(int sideX, int sideY, double edge) {
    for (int i = 0; i < 14; i++) {
      setting.prop(
          Props.tree(dice),
          sideX * (edge + dice.between(1, 32)),
          sideY * (edge + dice.between(1, 32)),
          0,
          9);
    }
  }

  private void furniture(int sideX, int sideY) {
    double x = sideX * (road + 0.6);
    double y = sideY * (road + 0.6);
    double heading = StrictMath.atan2(-sideY, -sideX);
    setting.prop(Props.trafficLight(dice), x, sideY * (road + 4), heading, 5);
    double height = dice.between(5, 7.5);
    setting.lamp(Props.lampPost(dice, height), x, y, heading, height, dice.between(0.6, 0.9));
    for (int i = dice.whole(1, 5); i > 0; i--) {
      double along = dice.between(5, 26);
      boolean onX = dice.chance(0.5);
      double aside = road + (dice.chance(0.5) ? 0.6 : pavement - 0.4);
      setting.prop(
          Props.any(dice),
          sideX * (onX ? road + along : aside),
          sideY * (onX ? aside : road + along),
          dice.between(0, 6),
          6);
    }
  }

  private void vehicles() {
    double speed = dice.between(5, 10);
    double gap = dice.between(7, 20);
    double stop = road + 4.5;
    for (int lane = 0; lane < lanes; lane++) {
      double aside = (lane + 0.5) * LANE;
      traffic.lane(Route.straight(-REACH, -aside, REACH, -aside), speed, gap);
      traffic.lane(Route.straight(REACH, aside, -REACH, aside), speed, gap);
      traffic.queue(Route.straight(-aside, REACH, -aside, stop), dice.between(0.2, 0.8));
      traffic.queue(Route.straight(aside, -REACH, aside, -stop), dice.between(0.1, 0.4));
    }
    double edge = road - 0.8;
    traffic.cyclists(() -> Route.straight(-REACH, -edge, REACH, -edge), dice.between(3, 8));
    traffic.cyclists(() -> Route.straight(REACH, edge, -REACH, edge), dice.between(3, 8));
  }

  private void people() {
    double every = dice.between(2.5, 8);
    for (int sideX = -1; sideX <= 1; sideX += 2) {
      for (int sideY = -1; sideY <= 1; sideY += 2) {
        walkers(sideX, sideY, every * 1.6);
        waiting(sideX, sideY);
      }
    }
  }

  /** Along y, round the corner, over the road along y. */
  private void walkers(int sideX, int sideY, double every) {
    traffic.walkers(
        () -> {
          double x = sideX * (road + dice.between(0.8, pavement - 0.5));
          double y = sideY * (road + dice.between(1.0, 3.4));
          return dice.chance(0.5)
              ? Route.rounded(1.2, x, sideY * REACH * 0.8, x, y, -sideX * REACH * 0.8, y)
              : Route.straight(sideX * REACH * 0.8, y, -sideX * REACH * 0.8, y);
        },
        every);
  }

  private void waiting(int sideX, int sideY) {
    for (int i = dice.whole(0, 3); i > 0; i--) {
      traffic.standing(
          sideX * (road + dice.between(0.8, 2.6)),
          sideY * (road + dice.between(0.3, 0.9)),
          -sideY * Math.PI / 2 + dice.between(-0.6, 0.6));
    }
    if (dice.chance(0.5)) {
      traffic.parkedBicycle(
          sideX * (road + pavement - 0.5), sideY * (road + dice.between(5, 9)), dice.between(0, 6));
    }
  }
}
