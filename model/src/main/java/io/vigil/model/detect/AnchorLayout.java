package io.vigil.model.detect;

import java.util.List;

/**
 * The anchors of a model, for pictures of any size: at each place of each feature level, one anchor
 * an octave and aspect ratio.
 *
 * @param minLevel lowest feature level; level l has a stride of about 2^l model pixels
 * @param maxLevel highest feature level
 * @param anchorScale side of the first octave's square anchor in strides
 * @param octaves anchor sizes a level: octave o is 2^(o / octaves) times the first
 * @param aspectRatios pairs (width factor, height factor), in order
 */
public record AnchorLayout(
    int minLevel, int maxLevel, double anchorScale, int octaves, List<double[]> aspectRatios) {

  /** Octaves a level of every published EfficientDet. */
  public static final int OCTAVES = 3;

  public AnchorLayout {
    aspectRatios = List.copyOf(aspectRatios);
  }

  /** The original release's ratios, which zylo117, effdet and all their weights use. */
  public static List<double[]> pairs() {
    return List.of(new double[] {1, 1}, new double[] {1.4, 0.7}, new double[] {0.7, 1.4});
  }

  /** The paper's ratios 1, 2 and 1/2, which google/automl uses now: areas stay equal. */
  public static List<double[]> squareRoots() {
    double root = Math.sqrt(2);
    return List.of(
        new double[] {1, 1}, new double[] {root, 1 / root}, new double[] {1 / root, root});
  }

  /**
   * @param name {@code pairs} or {@code square-roots}
   * @throws IllegalArgumentException if it is neither
   */
  public static List<double[]> ratios(String name) {
    return switch (name) {
      case "pairs" -> pairs();
      case "square-roots" -> squareRoots();
      default ->
          throw new IllegalArgumentException(
              "Unknown aspect ratios '%s'; known are pairs, square-roots.".formatted(name));
    };
  }

  /** Anchors at each place of a level. */
  public int anchorsPerPlace() {
    return octaves * aspectRatios.size();
  }
}
