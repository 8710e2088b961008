package io.vigil.connectors.video;

import java.io.Serializable;
import java.util.List;

/**
 * A part of a stream's picture that is never looked at: a polygon, closed by itself.
 *
 * @param corners in order, three or more
 */
public record Mask(List<Corner> corners) implements Serializable {

  private static final int FEWEST = 3;

  public Mask {
    corners = List.copyOf(corners);
  }

  /**
   * As a share of the displayed picture, so that a mask stays where it is when a camera changes its
   * size.
   *
   * @param x 0 on the left to 1 on the right
   * @param y 0 on top to 1 on the bottom
   */
  public record Corner(double x, double y) implements Serializable {

    private boolean isInside() {
      return x >= 0 && x <= 1 && y >= 0 && y <= 1;
    }
  }

  /** What is wrong with it; empty if nothing is. */
  public String problem() {
    if (corners.size() < FEWEST) {
      return "has " + corners.size() + " corners, but a polygon has at least " + FEWEST;
    }
    return corners.stream()
        .filter(corner -> !corner.isInside())
        .findFirst()
        .map(
            corner ->
                "has the corner [%s, %s], but corners are shares of the picture, 0 to 1: x in pixels / width, y in pixels / height"
                    .formatted(corner.x(), corner.y()))
        .orElse("");
  }
}
