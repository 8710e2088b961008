package io.vigil.testvideos.scene;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the camera is, and what kind of place it looks at. */
public enum Viewpoint {
  /** From the other pavement, at the height of a person or a little above, across a street. */
  SIDE,
  /** From a pole at the roadside, along a street. */
  POLE,
  /** From the corner of a crossing, on the diagonal. Never for training. */
  CORNER,
  /** From a mast or roof down on a roundabout. */
  ROUNDABOUT,
  /** From a mast or roof down on a car park, also steeply. */
  PARKING,
  /** A pedestrian zone, from the first floor or lower. */
  PLAZA,
  /** From a footbridge along a wide road. */
  BRIDGE;

  /** From this seed on, scenes are for tests. */
  public static final long FIRST_HELD_OUT_SEED = 1_000_000;

  /**
   * Whether a scene is kept for tests: all of the crossing's corner, the only place where roads
   * cross and most things are seen on the diagonal, and all seeds from a million on.
   */
  public static boolean heldOut(long seed, Viewpoint viewpoint) {
    return viewpoint == CORNER || seed >= FIRST_HELD_OUT_SEED;
  }

  /** Those that a detector may learn from. */
  public static List<Viewpoint> forTraining() {
    return Arrays.stream(values()).filter(viewpoint -> !heldOut(0, viewpoint)).toList();
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Viewpoint of(String label) {
    return Arrays.stream(values())
        .filter(viewpoint -> viewpoint.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no viewpoint \"" + label + "\": there are " + labels()));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Viewpoint::label).collect(Collectors.joining(", "));
  }
}
