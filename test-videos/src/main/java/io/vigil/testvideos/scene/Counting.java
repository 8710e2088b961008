package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The counting lines of a scene, in a frame of a size, and who goes over them. */
final class Counting {

  private static final int MOST_LINES = 2;

  /** Behind that, metres, a line is cut off before it is projected. */
  private static final double NEAR = 1;

  /** Shorter ones, as a share of the frame's width, are not worth counting at. */
  private static final double SHORTEST = 0.08;

  private final View view;
  private final int width;
  private final int height;
  private final List<Line> lines;

  /** As it lies on the ground, and as it is seen. */
  private record Line(Setting.Stripe ground, CountingLine seen) {}

  Counting(List<Setting.Stripe> stripes, View view, int width, int height) {
    this.view = view;
    this.width = width;
    this.height = height;
    lines =
        stripes.stream()
            .map(stripe -> new Line(stripe, seen(stripe)))
            .filter(line -> line.seen != null && line.seen.length() >= SHORTEST * width)
            .sorted(Comparator.comparingDouble(line -> -line.seen.length()))
            .collect(ArrayList::new, this::addNamed, List::addAll);
  }

  /** The longest ones, one of each name. */
  private void addNamed(List<Line> chosen, Line line) {
    boolean known =
        chosen.stream().anyMatch(other -> other.ground.name().equals(line.ground.name()));
    if (chosen.size() < MOST_LINES && !known) {
      chosen.add(line);
    }
  }

  List<CountingLine> lines() {
    return lines.stream().map(Line::seen).toList();
  }

  private CountingLine seen(Setting.Stripe stripe) {
    double[] from = {stripe.fromX(), stripe.fromY()};
    double[] to = {stripe.toX(), stripe.toY()};
    double depthFrom = view.depth(from[0], from[1], 0);
    double depthTo = view.depth(to[0], to[1], 0);
    if (Math.max(depthFrom, depthTo) < NEAR) {
      return null;
    }
    if (Math.min(depthFrom, depthTo) < NEAR) {
      double share = (NEAR - depthFrom) / (depthTo - depthFrom);
      double[] cut = {from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])};
      if (depthFrom < NEAR) {
        from = cut;
      } else {
        to = cut;
      }
    }
    return clipped(
        stripe.name(),
        view.column(from[0], from[1], 0),
        view.row(from[0], from[1], 0),
        view.column(to[0], to[1], 0),
        view.row(to[0], to[1], 0));
  }

  /** What of a line lies within the frame, as Liang and Barsky find it; null if nothing does. */
  private CountingLine clipped(String name, double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double[] steps = {-dx, dx, -dy, dy};
    double[] rooms = {x0, width - x0, y0, height - y0};
    double enter = 0;
    double leave = 1;
    for (int edge = 0; edge < 4; edge++) {
      if (steps[edge] == 0 && rooms[edge] < 0) {
        return null;
      } else if (steps[edge] < 0) {
        enter = Math.max(enter, rooms[edge] / steps[edge]);
      } else if (steps[edge] > 0) {
        leave = Math.min(leave, rooms[edge] / steps[edge]);
      }
    }
    return enter >= leave
        ? null
        : new CountingLine(
            name, x0 + enter * dx, y0 + enter * dy, x0 + leave * dx, y0 + leave * dy);
  }

  /** In order of time, up to but without the end. */
  List<Crossing> crossings(List<Actor> actors, double from, double to) {
    var crossings = new ArrayList<Crossing>();
    for (var line : lines) {
      for (var actor : actors) {
        if (actor.speed() > 0) {
          add(crossings, line, actor);
        }
      }
    }
    return crossings.stream()
        .filter(crossing -> crossing.seconds() >= from && crossing.seconds() < to)
        .sorted(Comparator.comparingDouble(Crossing::seconds).thenComparingInt(Crossing::track))
        .toList();
  }

  private void add(List<Crossing> crossings, Line line, Actor actor) {
    var route = actor.route();
    for (int i = 0; i + 1 < route.corners(); i++) {
      double share =
          meeting(
              line.ground,
              route.cornerX(i),
              route.cornerY(i),
              route.cornerX(i + 1),
              route.cornerY(i + 1));
      if (share >= 0) {
        double along =
            route.cornerDistance(i)
                + share * (route.cornerDistance(i + 1) - route.cornerDistance(i));
        var crossing = crossing(line.seen, actor, route, along, i);
        if (crossing != null) {
          crossings.add(crossing);
        }
      }
    }
  }

  private Crossing crossing(CountingLine line, Actor actor, Route route, double along, int corner) {
    double x = route.xAt(along);
    double y = route.yAt(along);
    if (view.depth(x, y, 0) < NEAR) {
      return null;
    }
    double column = view.column(x, y, 0);
    double row = view.row(x, y, 0);
    if (column < 0 || row < 0 || column > width || row > height) {
      return null;
    }
    // a little farther on, for the direction
    double aheadX = x + 0.01 * (route.cornerX(corner + 1) - route.cornerX(corner));
    double aheadY = y + 0.01 * (route.cornerY(corner + 1) - route.cornerY(corner));
    double side = line.side(view.column(aheadX, aheadY, 0), view.row(aheadX, aheadY, 0));
    double seconds = (along - actor.start()) / actor.speed();
    return new Crossing(line.name(), actor.track(), actor.kind(), seconds, side > 0, column, row);
  }

  /** How far on a piece of a route meets a line, 0 up to but without 1; -1 if it does not. */
  private static double meeting(Setting.Stripe line, double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double lx = line.toX() - line.fromX();
    double ly = line.toY() - line.fromY();
    double across = dx * ly - dy * lx;
    if (across == 0) {
      return -1;
    }
    double awayX = line.fromX() - x0;
    double awayY = line.fromY() - y0;
    double share = (awayX * ly - awayY * lx) / across;
    double onLine = (awayX * dy - awayY * dx) / across;
    return share >= 0 && share < 1 && onLine >= 0 && onLine <= 1 ? share : -1;
  }
}
