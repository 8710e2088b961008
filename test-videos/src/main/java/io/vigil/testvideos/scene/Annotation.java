package io.vigil.testvideos.scene;

/**
 * An object that can be seen in a frame.
 *
 * @param track its number, the same in every frame of a scene
 * @param box around all of it that is seen
 * @param full around all of it within the frame, also what something hides
 * @param area of what is seen, pixels
 * @param visibility share of its silhouette within the frame that nothing hides, 0 to 1
 * @param inside share of its whole extent that lies within the frame, 0 to 1
 * @param groundX where the middle of it stands, pixels of the frame if the camera did not shake
 * @param ignored whether too little of it can be seen to ask for it: {@link #MIN_VISIBILITY},
 *     {@link #MIN_INSIDE}, {@link #MIN_SIDE}
 */
public record Annotation(
    int track,
    Kind kind,
    Box box,
    Box full,
    double area,
    double visibility,
    double inside,
    double groundX,
    double groundY,
    boolean ignored) {

  /** An object of which less is seen is ignored. */
  public static final double MIN_VISIBILITY = 0.4;

  /** An object that the frame cuts off to less is ignored. */
  public static final double MIN_INSIDE = 0.25;

  /** An object whose box is narrower or lower, in pixels, is ignored. */
  public static final double MIN_SIDE = 10;

  /**
   * Whether enough of it is seen to learn from. That is less than is asked for: an object that a
   * detector is not blamed for missing should not be taught as background.
   */
  public boolean learnable() {
    return seen(box, visibility, inside, 0.2, 0.1, 6);
  }

  static boolean ignores(Box box, double visibility, double inside) {
    return !seen(box, visibility, inside, MIN_VISIBILITY, MIN_INSIDE, MIN_SIDE);
  }

  private static boolean seen(
      Box box,
      double visibility,
      double inside,
      double minVisibility,
      double minInside,
      double minSide) {
    return visibility >= minVisibility
        && inside >= minInside
        && box.width() >= minSide
        && box.height() >= minSide;
  }
}
