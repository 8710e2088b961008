package io.vigil.testvideos.scene;

import static io.vigil.testvideos.scene.Layouts.degrees;

import io.vigil.testvideos.figure.Building;
import io.vigil.testvideos.figure.Props;
import io.vigil.testvideos.render.Camera;
import io.vigil.testvideos.render.Colours;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Texture;

/**
 * A straight street along x, its middle at y = 0. What goes towards positive x keeps to negative y:
 * traffic on the right.
 */
final class StreetLayout {

  private static final double LANE = 3.2;
  private static final double PARKING = 2.3;
  private static final double CYCLEWAY = 1.8;

  private final Setting setting;
  private final Dice dice;
  private final Traffic traffic;
  private final int lanes;
  private final double road;
  private final boolean parking;
  private final boolean cycleway;
  private final double verge;
  private final double pavement;
  private final double kerb;
  private final double front;
  private final double from;
  private final double to;

  private StreetLayout(Setting setting, Viewpoint viewpoint) {
    this.setting = setting;
    dice = setting.dice;
    traffic = new Traffic(setting);
    boolean wide = viewpoint == Viewpoint.BRIDGE;
    lanes = wide ? dice.whole(2, 3) : dice.weighted(0.7, 0.3) + 1;
    road = lanes * LANE;
    parking = !wide && dice.chance(0.5);
    cycleway = dice.chance(0.6);
    verge = dice.chance(0.4) ? dice.between(1, 2.5) : 0.3;
    pavement = dice.between(2.2, 5);
    kerb = road + (cycleway ? CYCLEWAY : 0) + (parking ? PARKING : 0);
    front = kerb + verge + pavement;
    boolean across = viewpoint == Viewpoint.SIDE;
    from = across ? -55 : -6;
    to = across ? 55 : dice.between(34, 50);
  }

  static void lay(Setting setting, Viewpoint viewpoint) {
    var layout = new StreetLayout(setting, viewpoint);
    setting.camera = layout.camera(viewpoint);
    layout.ground();
    layout.margins(viewpoint);
    layout.vehicles();
    layout.people();
    layout.lines(viewpoint);
  }

  private Camera camera(Viewpoint viewpoint) {
    return switch (viewpoint) {
      case SIDE -> {
        double back = dice.between(2.5, 9);
        double height = dice.between(1.3, 3.8);
        double aside = dice.between(-9, 9);
        yield Camera.lookingAt(
            aside,
            -front - back,
            height,
            aside * dice.between(-0.6, 0.9),
            dice.between(-2, 4),
            dice.between(0.2, 1.4),
            degrees(dice.between(34, 54)));
      }
      case POLE -> {
        double side = dice.pick(-1, 1) * dice.between(0.2, 1.1) * (kerb + 1);
        yield Camera.lookingAt(
            -6,
            side,
            dice.between(5, 9),
            dice.between(14, 20),
            dice.between(-0.5, 0.3) * side,
            0,
            degrees(dice.between(24, 40)));
      }
      default ->
          Camera.lookingAt(
              -8,
              dice.between(-0.8, 0.8) * road,
              dice.between(5.8, 8.5),
              dice.between(10, 17),
              dice.between(-0.4, 0.4) * road,
              0,
              degrees(dice.between(28, 44)));
    };
  }

  private void ground() {
    Grounds.everywhere(setting);
    int paving = Grounds.paving(dice);
    var texture = Grounds.pavingTexture(dice);
    double start = from - 10;
    double end = to + 40;
    for (int side = -1; side <= 1; side += 2) {
      setting.rectangle(texture, paving, start, side * kerb, end, side * (front + 0.6));
      if (verge > 0.9) {
        setting.rectangle(
            Texture.GRASS, Grounds.grass(dice), start, side * kerb, end, side * (kerb + verge));
      }
      int stone = Colours.scaled(paving, 1.2);
      setting.rectangle(Texture.SLABS, stone, start, side * kerb, end, side * (kerb + 0.25));
    }
    road(start, end);
  }

  private void road(double start, double end) {
    int asphalt = Grounds.asphalt(dice);
    int paint = Grounds.marking(dice);
    setting.rectangle(Texture.ASPHALT, asphalt, start, -kerb, end, kerb);
    Grounds.mended(setting, asphalt, Math.max(from, -20), -road, 30, road);
    if (cycleway) {
      int red = dice.chance(0.5) ? Colours.varied(dice, 0x8A4438, 0.15) : asphalt;
      for (int side = -1; side <= 1; side += 2) {
        double outer = side * (road + CYCLEWAY);
        setting.rectangle(Texture.ASPHALT, red, start, side * road, end, outer);
        double line = side * (road + 0.1);
        setting.rectangle(Texture.ASPHALT, paint, start, line - 0.07, end, line + 0.07);
      }
    }
    for (int lane = 1; lane < lanes; lane++) {
      Grounds.dashes(setting, paint, lane * LANE, start, end);
      Grounds.dashes(setting, paint, -lane * LANE, start, end);
    }
    if (dice.chance(0.5)) {
      setting.rectangle(Texture.ASPHALT, paint, start, -0.08, end, 0.08);
    } else {
      Grounds.dashes(setting, paint, 0, start, end);
    }
  }

  private void margins(Viewpoint viewpoint) {
    boolean across = viewpoint == Viewpoint.SIDE;
    boolean park = dice.chance(0.25);
    for (int side = -1; side <= 1; side += 2) {
      if (!(across && side < 0)) {
        if (park) {
          greenery(side);
        } else {
          houses(side);
        }
      }
      furniture(side, across && side < 0);
    }
    if (!across) {
      closing();
    }
  }

  private void houses(int side) {
    double x = from - 4;
    while (x < to + 12) {
      double width = dice.between(7, 16);
      double back = side * (front + 0.5 + (dice.chance(0.2) ? dice.between(0, 4) : 0));
      setting.prop(
          new Building(dice, width), x + width / 2, back, -side * Math.PI / 2, 4 + width / 2);
      x += width + (dice.chance(0.25) ? dice.between(1, 5) : 0);
    }
  }

  private void greenery(int side) {
    setting.rectangle(
        Texture.GRASS,
        Grounds.grass(dice),
        from - 20,
        side * (front + 0.5),
        to + 40,
        side * (front + 40));
    for (double x = from; x < to + 10; x += dice.between(3, 9)) {
      double y = side * (front + dice.between(2, 14));
      setting.prop(Props.tree(dice), x, y, 0, 14);
    }
    if (dice.chance(0.6)) {
      setting.prop(Props.fence(dice, to - from), (from + to) / 2, side * (front + 0.7), 0, 0);
    }
  }

  /** Where the street ends, something stands across it, so that nothing gets too small to see. */
  private void closing() {
    double x = to + 6;
    for (double y = -front - 10; y < front + 10; ) {
      double width = dice.between(8, 15);
      setting.prop(new Building(dice, width), x, y + width / 2, Math.PI, 0);
      y += width;
    }
    for (double y = -front; y < front; y += dice.between(4, 9)) {
      setting.prop(Props.tree(dice), x - 2, y, 0, 0);
    }
  }

  private void furniture(int side, boolean near) {
    double strip = side * (kerb + Math.max(0.55, verge / 2));
    double lampGap = dice.between(14, 24);
    double lampHeight = dice.between(4, 7.5);
    for (double x = from + dice.between(0, lampGap); x < to; x += lampGap) {
      setting.lamp(
          Props.lampPost(dice, lampHeight),
          x,
          strip,
          -side * Math.PI / 2,
          lampHeight,
          dice.between(0.5, 0.9));
    }
    boolean trees = verge > 0.9 && dice.chance(0.7);
    for (double x = from; x < to; x += dice.between(5, 12)) {
      if (trees && !(near && dice.chance(0.7))) {
        setting.prop(Props.tree(dice), x, strip, 0, near ? 9 : 15);
      }
    }
    for (double x = from; x < to; x += dice.between(3, 11)) {
      double y = dice.chance(0.6) ? strip : side * (front - 0.3);
      var prop = near ? Props.small(dice) : Props.any(dice);
      setting.prop(prop, x, y, -side * Math.PI / 2, 5);
    }
    if (dice.chance(near ? 0.15 : 0.4)) {
      double x = dice.between(from / 2, to * 0.6);
      setting.prop(Props.shelter(dice), x, side * (front - 0.9), side < 0 ? 0 : Math.PI, 6);
      people(x, side);
    }
  }

  private void people(double x, int side) {
    for (int i = dice.whole(1, 4); i > 0; i--) {
      traffic.standing(
          x + dice.between(-2.5, 2.5),
          side * (front - dice.between(1, 1.6)),
          dice.between(0, 2 * Math.PI));
    }
  }

  private void vehicles() {
    double speed = dice.between(4, 11);
    double gap = dice.between(5, 22);
    for (int lane = 0; lane < lanes; lane++) {
      double y = (lane + 0.5) * LANE;
      double own = speed * (1.15 - 0.15 * lane);
      traffic.lane(Route.straight(from - 8, -y, to + 4, -y), own, gap);
      traffic.lane(Route.straight(to + 4, y, from - 8, y), own, gap);
    }
    if (parking) {
      parked(1);
      parked(-1);
    }
  }

  private void parked(int side) {
    double y = side * (kerb - PARKING / 2);
    double full = dice.between(0.3, 0.9);
    for (double x = from; x < to; x += dice.between(5.6, 7)) {
      if (dice.chance(full)) {
        traffic.parkedCar(x, y, side < 0 ? 0 : Math.PI);
      }
    }
  }

  private void people() {
    double every = dice.between(2.5, 9);
    for (int side = -1; side <= 1; side += 2) {
      double inner = kerb + verge + 0.3;
      double outer = front - 0.5;
      int s = side;
      traffic.walkers(() -> walk(s * dice.between(inner, outer)), every);
      double edge = side * (cycleway ? road + CYCLEWAY / 2 : road - 0.6);
      traffic.cyclists(
          () ->
              s < 0
                  ? Route.straight(from - 4, edge, to + 3, edge)
                  : Route.straight(to + 3, edge, from - 4, edge),
          dice.between(2.5, 9));
      for (int i = dice.whole(0, 3); i > 0; i--) {
        double x = dice.between(from * 0.6, to * 0.8);
        traffic.parkedBicycle(x, side * (front - 0.5), dice.between(0, 2 * Math.PI));
      }
    }
    crossing();
  }

  private Route walk(double y) {
    return dice.chance(0.5)
        ? Route.straight(from - 3, y, to + 2, y)
        : Route.straight(to + 2, y, from - 3, y);
  }

  /** Now and then someone crosses the road. */
  private void crossing() {
    if (dice.chance(0.5)) {
      double x = dice.between(from < -20 ? -12 : 10, from < -20 ? 12 : 30);
      Grounds.zebra(setting, Grounds.marking(dice), x, 3.5, -road, road);
      traffic.walkers(
          () -> {
            double at = x + dice.between(-1.5, 1.5);
            return dice.chance(0.5)
                ? Route.straight(at, -front, at, front)
                : Route.straight(at, front, at, -front);
          },
          dice.between(5, 14));
    }
  }

  private void lines(Viewpoint viewpoint) {
    double x = viewpoint == Viewpoint.SIDE ? 0.5 * setting.camera.x() : dice.between(14, 20);
    setting.stripe("road", x, -kerb, x, kerb);
    setting.stripe("left pavement", x, kerb + 0.3, x, front);
    setting.stripe("right pavement", x, -front, x, -kerb - 0.3);
  }
}
