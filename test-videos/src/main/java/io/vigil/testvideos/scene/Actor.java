package io.vigil.testvideos.scene;

import io.vigil.testvideos.render.Figure;

/**
 * An object that is annotated, and its way.
 *
 * @param track its number, the same in every frame
 * @param start where on its route it is at time 0, metres; negative if it comes later
 * @param speed metres a second, 0 for what stands
 * @param length metres, of the part that steers it into a bend
 */
public record Actor(
    int track, Kind kind, Figure figure, Route route, double start, double speed, double length) {

  double along(double seconds) {
    return start + speed * seconds;
  }

  boolean presentAt(double seconds) {
    double along = along(seconds);
    return speed == 0 || along >= 0 && along <= route.length();
  }

  double xAt(double seconds) {
    return route.xAt(along(seconds));
  }

  double yAt(double seconds) {
    return route.yAt(along(seconds));
  }

  double headingAt(double seconds) {
    return route.headingAt(along(seconds), Math.max(0.05, 0.3 * length));
  }
}
