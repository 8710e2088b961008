package io.vigil.testvideos.scene;

import static io.vigil.testvideos.scene.Layouts.degrees;

import io.vigil.testvideos.figure.Building;
import io.vigil.testvideos.figure.Props;
import io.vigil.testvideos.render.Dice;
import io.vigil.testvideos.render.Texture;
import java.util.ArrayList;
import java.util.List;

/**
 * Four roads that meet in a circle around the origin, which is gone round anticlockwise. Places on
 * the circle turn at the traffic's one speed; who comes in takes a free one, so nobody collides.
 */
final class RoundaboutLayout {

  private static final double ARM = 40;
  private static final double LANE = 3.6;

  /** Between the middles of two that follow each other; a bus is 12 long. */
  private static final double SPACE = 13.5;

  private static final double QUARTER = Math.PI / 2;

  private final Setting setting;
  private final Dice dice;
  private final Traffic traffic;
  private final double island;
  private final double circle;
  private final double outer;

  RoundaboutLayout(Setting setting) {
    this.setting = setting;
    dice = setting.dice;
    traffic = new Traffic(setting);
    island = dice.between(4, 7);
    circle = island + 2.6;
    outer = island + 5.2;
  }

  void lay() {
    double towards = dice.between(0, 2 * Math.PI);
    double aside = towards + dice.between(-1.2, 1.2);
    double out = circle * dice.between(0.2, 0.9);
    setting.camera =
        Layouts.above(
            out * StrictMath.cos(aside),
            out * StrictMath.sin(aside),
            towards,
            degrees(dice.between(26, 58)),
            dice.between(10, 17),
            degrees(dice.between(36, 52)));
    ground();
    around();
    places();
    people();
    lines();
  }

  /** Over every arm, and over the circle between them. */
  private void lines() {
    for (int quarter = 0; quarter < 4; quarter++) {
      double c = StrictMath.cos(quarter * QUARTER);
      double s = StrictMath.sin(quarter * QUARTER);
      double far = outer + 5;
      double wide = LANE + 0.4;
      setting.stripe(
          "arm " + (quarter + 1),
          far * c - wide * s,
          far * s + wide * c,
          far * c + wide * s,
          far * s - wide * c);
      double between = (quarter + 0.5) * QUARTER;
      double dx = StrictMath.cos(between);
      double dy = StrictMath.sin(between);
      setting.stripe("circle " + (quarter + 1), island * dx, island * dy, outer * dx, outer * dy);
    }
  }

  private void ground() {
    Grounds.everywhere(setting);
    int paving = Grounds.paving(dice);
    int asphalt = Grounds.asphalt(dice);
    int paint = Grounds.marking(dice);
    var texture = Grounds.pavingTexture(dice);
    disc(texture, paving, outer + 4);
    double wide = LANE + 0.4;
    double far = ARM + 40;
    setting.rectangle(texture, paving, -far, -wide - 3, far, wide + 3);
    setting.rectangle(texture, paving, -wide - 3, -far, wide + 3, far);
    setting.rectangle(Texture.ASPHALT, asphalt, -far, -wide, far, wide);
    setting.rectangle(Texture.ASPHALT, asphalt, -wide, -far, wide, far);
    disc(Texture.ASPHALT, asphalt, outer);
    for (int side = -1; side <= 1; side += 2) {
      double from = side < 0 ? -far : outer + 5.5;
      double to = side < 0 ? -outer - 5.5 : far;
      setting.rectangle(Texture.ASPHALT, paint, from, -0.08, to, 0.08);
      setting.rectangle(Texture.ASPHALT, paint, -0.08, from, 0.08, to);
      Grounds.zebra(setting, paint, side * (outer + 3), 3, -wide, wide);
      Grounds.zebraAcross(setting, paint, side * (outer + 3), 3, -wide, wide);
    }
    disc(Texture.SLABS, paving, island + 0.4);
    disc(dice.pick(Texture.GRASS, Texture.GRASS, Texture.GRAVEL), Grounds.grass(dice), island);
  }

  private void disc(Texture texture, int rgb, double radius) {
    int sides = 36;
    var corners = new double[2 * sides];
    for (int i = 0; i < sides; i++) {
      double angle = 2 * Math.PI * i / sides;
      corners[2 * i] = radius * StrictMath.cos(angle);
      corners[2 * i + 1] = radius * StrictMath.sin(angle);
    }
    setting.patch(texture, rgb, corners);
  }

  private void around() {
    for (int i = dice.whole(0, 4); i > 0; i--) {
      double r = island * dice.between(0, 0.7);
      double a = dice.between(0, 2 * Math.PI);
      var plant = dice.chance(0.4) ? Props.tree(dice) : Props.any(dice);
      setting.prop(plant, r * StrictMath.cos(a), r * StrictMath.sin(a), a, 14);
    }
    for (int quarter = 0; quarter < 4; quarter++) {
      double diagonal = (quarter + 0.5) * QUARTER;
      double edge = outer + 4.6;
      double height = dice.between(6, 8);
      setting.lamp(
          Props.lampPost(dice, height),
          (outer + 0.6) * StrictMath.cos(diagonal),
          (outer + 0.6) * StrictMath.sin(diagonal),
          diagonal + Math.PI,
          height,
          0.9);
      if (dice.chance(0.5)) {
        double r = edge + 8;
        double width = dice.between(9, 14);
        setting.prop(
            new Building(dice, width),
            r * StrictMath.cos(diagonal),
            r * StrictMath.sin(diagonal),
            diagonal + Math.PI,
            25);
      }
      scatter(diagonal, edge);
    }
  }

  private void scatter(double diagonal, double edge) {
    for (int i = dice.whole(2, 7); i > 0; i--) {
      double a = diagonal + dice.between(-0.45, 0.45);
      double r = edge + dice.between(-0.6, 12);
      var prop = r > edge + 2 && dice.chance(0.5) ? Props.tree(dice) : Props.any(dice);
      setting.prop(prop, r * StrictMath.cos(a), r * StrictMath.sin(a), a + Math.PI, 14);
    }
    if (dice.chance(0.5)) {
      double r = edge + 2;
      double x = r * StrictMath.cos(diagonal);
      traffic.parkedBicycle(x, r * StrictMath.sin(diagonal), diagonal);
    }
  }

  /** Places on the circle, each taken by one after another. */
  private void places() {
    double speed = dice.between(4, 7);
    double turning = speed / circle;
    int count = (int) (2 * Math.PI * circle / SPACE);
    double start = dice.between(0, 2 * Math.PI);
    for (int place = 0; place < count; place++) {
      double angle = start + 2 * Math.PI * place / count;
      // the first entry is long enough ago that the circle is full at time 0
      int quarter = (int) Math.floor((angle - 20 * turning) / QUARTER);
      double end = angle + (Traffic.HORIZON + 5) * turning;
      while (quarter * QUARTER < end) {
        int quarters = dice.whole(1, 3);
        double time = (quarter * QUARTER - angle) / turning;
        enter(quarter, quarters, time, speed);
        quarter += quarters + (dice.chance(0.2) ? 1 : 0);
      }
    }
  }

  private void enter(int quarter, int quarters, double time, double speed) {
    double entry = ARM - circle;
    var route = way(quarter, quarters);
    double start = entry - speed * time;
    if (dice.chance(0.25)) {
      traffic.cyclist(route, start, speed);
    } else {
      traffic.vehicle(route, start, speed);
    }
  }

  /** In from an arm, round some quarters and out. */
  private Route way(int quarter, int quarters) {
    var points = new ArrayList<double[]>();
    double in = quarter * QUARTER;
    double out = (quarter + quarters) * QUARTER;
    double bend = 0.42;
    arm(points, in, LANE / 2, ARM, circle + 4.5, 6);
    for (double angle = in + bend; angle < out - bend + 0.01; angle += 0.06) {
      points.add(new double[] {circle * StrictMath.cos(angle), circle * StrictMath.sin(angle)});
    }
    arm(points, out, -LANE / 2, circle + 4.5, ARM, 6);
    return Route.through(smooth(points));
  }

  private static void arm(
      List<double[]> points, double angle, double aside, double from, double to, int steps) {
    for (int i = 0; i <= steps; i++) {
      double r = from + (to - from) * i / steps;
      double c = StrictMath.cos(angle);
      double s = StrictMath.sin(angle);
      // to the left of someone who looks outwards is where cars come in
      points.add(new double[] {r * c - aside * s, r * s + aside * c});
    }
  }

  /** Chaikin's cutting of corners, twice. */
  private static List<double[]> smooth(List<double[]> points) {
    var result = points;
    for (int round = 0; round < 2; round++) {
      var next = new ArrayList<double[]>();
      next.add(result.get(0));
      for (int i = 0; i + 1 < result.size(); i++) {
        next.add(between(result.get(i), result.get(i + 1), 0.25));
        next.add(between(result.get(i), result.get(i + 1), 0.75));
      }
      next.add(result.get(result.size() - 1));
      result = next;
    }
    return result;
  }

  private static double[] between(double[] a, double[] b, double share) {
    return new double[] {a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])};
  }

  private void people() {
    double every = dice.between(3, 9);
    for (int quarter = 0; quarter < 4; quarter++) {
      double turn = quarter * QUARTER;
      traffic.walkers(() -> across(turn), every);
    }
    traffic.walkers(this::walk, dice.between(3, 8));
    for (int i = dice.whole(1, 8); i > 0; i--) {
      double a = (dice.whole(0, 3) + 0.5) * QUARTER + dice.between(-0.4, 0.4);
      double r = outer + dice.between(1, 4);
      traffic.standing(r * StrictMath.cos(a), r * StrictMath.sin(a), dice.between(0, 6));
    }
  }

  /** From one arm to the next one, between the circle and the houses. */
  private Route walk() {
    double r = outer + dice.between(1, 3.4);
    double from = dice.whole(0, 3) * QUARTER;
    int way = dice.pick(-1, 1);
    var points = new ArrayList<double[]>();
    for (int i = 0; i <= 40; i++) {
      double a = from + way * i * 2 * QUARTER / 40;
      points.add(new double[] {r * StrictMath.cos(a), r * StrictMath.sin(a)});
    }
    return Route.through(points);
  }

  /** Over the zebra of an arm, coming and going along the neighbouring ones. */
  private Route across(double turn) {
    double x = outer + 3 + dice.between(-1.2, 1.2);
    double side = LANE + 1.2 + dice.between(0, 1.6);
    int way = dice.pick(-1, 1);
    double[] corners = {ARM, way * side, x, way * side, x, -way * side, ARM, -way * side};
    for (int i = 0; i < corners.length; i += 2) {
      double px = corners[i];
      double py = corners[i + 1];
      corners[i] = px * StrictMath.cos(turn) - py * StrictMath.sin(turn);
      corners[i + 1] = px * StrictMath.sin(turn) + py * StrictMath.cos(turn);
    }
    return Route.rounded(1, corners);
  }
}
