package io.vigil.model.detect;

/**
 * The anchors of a model picture, in the row order of the network's outputs: level, y, x, octave,
 * ratio. An anchor is computed when asked for, so keeping one of these a picture shape costs
 * nothing.
 *
 * <pre>{@code
 * Anchors anchors = Anchors.of(layout, letterbox.height(), letterbox.width());
 * Anchors.Anchor anchor = anchors.get(candidates.anchors()[0]);
 * }</pre>
 */
public final class Anchors {
  private final Level[] levels;
  private final Side[] sides;
  private final int count;

  /** Centre and sides in model pixels; anchors are not clipped to the picture. */
  public record Anchor(double centreY, double centreX, double height, double width) {}

  private record Level(int offset, int columns, double strideY, double strideX) {}

  /** Sides of one octave and ratio, in strides. */
  private record Side(double height, double width) {}

  private Anchors(Level[] levels, Side[] sides, int count) {
    this.levels = levels;
    this.sides = sides;
    this.count = count;
  }

  /**
   * @param height height of the model picture
   * @param width width of the model picture
   */
  public static Anchors of(AnchorLayout layout, int height, int width) {
    var levels = new Level[layout.maxLevel() - layout.minLevel() + 1];
    int offset = 0;
    int rows = height;
    int columns = width;
    for (int level = 1; level <= layout.maxLevel(); level++) {
      rows = halved(rows);
      columns = halved(columns);
      if (level >= layout.minLevel()) {
        levels[level - layout.minLevel()] =
            new Level(offset, columns, (double) height / rows, (double) width / columns);
        offset += rows * columns * layout.anchorsPerPlace();
      }
    }
    return new Anchors(levels, sides(layout), offset);
  }

  /** Number of anchors. */
  public int count() {
    return count;
  }

  /**
   * @param index in row order, from 0
   * @throws IndexOutOfBoundsException if there is no such anchor, which means that the candidates
   *     are of another model or picture shape
   */
  public Anchor get(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(
          "Anchor " + index + " of " + count + ": the candidates are of another picture shape");
    }
    var level = levels[levelOf(index)];
    int place = (index - level.offset) / sides.length;
    var side = sides[(index - level.offset) % sides.length];
    return new Anchor(
        (place / level.columns + 0.5) * level.strideY,
        (place % level.columns + 0.5) * level.strideX,
        side.height * level.strideY,
        side.width * level.strideX);
  }

  private static Side[] sides(AnchorLayout layout) {
    var sides = new Side[layout.anchorsPerPlace()];
    int ratios = layout.aspectRatios().size();
    for (int i = 0; i < sides.length; i++) {
      double[] ratio = layout.aspectRatios().get(i % ratios);
      double octave = StrictMath.pow(2, (double) (i / ratios) / layout.octaves());
      sides[i] =
          new Side(
              layout.anchorScale() * octave * ratio[1], layout.anchorScale() * octave * ratio[0]);
    }
    return sides;
  }

  private int levelOf(int index) {
    int level = 0;
    while (level + 1 < levels.length && index >= levels[level + 1].offset) {
      level++;
    }
    return level;
  }

  /** A convolution of stride 2 with SAME padding rounds up. */
  private static int halved(int size) {
    return (size + 1) / 2;
  }
}
