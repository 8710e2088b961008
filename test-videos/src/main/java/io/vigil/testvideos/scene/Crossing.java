package io.vigil.testvideos.scene;

/**
 * An object's middle, on the ground, going over a line.
 *
 * @param seconds when, exactly
 * @param toRight to the right of someone who goes from the line's start to its end, on the screen
 * @param x where, pixels of the frame if the camera did not shake
 */
public record Crossing(
    String line, int track, Kind kind, double seconds, boolean toRight, double x, double y) {

  /** The same, told from a later moment on. */
  public Crossing earlier(double bySeconds) {
    return new Crossing(line, track, kind, seconds - bySeconds, toRight, x, y);
  }
}
