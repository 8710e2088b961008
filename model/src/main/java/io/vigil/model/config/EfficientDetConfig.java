package io.vigil.model.config;

import java.util.List;

/**
 * Everything that decides a network's shape and arithmetic; "EfficientDet", Tan, Pang and Le 2020.
 *
 * <pre>{@code
 * var config = EfficientDetConfig.named("d0").withPoolPadding(PoolPadding.ZERO);
 * }</pre>
 *
 * @param name key of the compound-scaling table, such as {@code d0}
 * @param resolution longest side of a picture in model pixels, as published
 * @param backbone the EfficientNet below
 * @param fpnChannels of every level of the pyramid and of the heads
 * @param fpnCells BiFPN cells in a row
 * @param fusion how a node of a cell joins its inputs
 * @param headRepeats separable convolutions of a head before its predictor
 * @param maxLevel highest level of the pyramid; the lowest is {@link #MIN_LEVEL}
 * @param classes places in the label map
 * @param anchorScale side of a level's smallest anchor in strides
 * @param activation of all layers
 * @param implementation what belongs to the weights
 * @param normalization of the picture's bytes
 */
public record EfficientDetConfig(
    String name,
    int resolution,
    EfficientNetConfig backbone,
    int fpnChannels,
    int fpnCells,
    Fusion fusion,
    int headRepeats,
    int maxLevel,
    int classes,
    double anchorScale,
    Activation activation,
    Implementation implementation,
    Normalization normalization) {

  public EfficientDetConfig {
    if (!(anchorScale > 0 && anchorScale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The anchor scale is %s, but must be a number above 0; the published are 3 to 5."
              .formatted(anchorScale));
    }
    boolean oddSides = sizeMultiple(resolution, maxLevel) < 1 << maxLevel;
    if (oddSides && implementation.padding() != Padding.SAME) {
      throw new IllegalArgumentException(
          "%s has the padding 'same' only: at %d pixels its levels have odd sides."
              .formatted(name, resolution));
    }
    if (oddSides && implementation.poolPadding() == PoolPadding.ZERO) {
      throw new IllegalArgumentException(
          ("%s pads max-pools with '-inf' only: at %d pixels its levels have odd sides, and zylo117,"
                  + " whose padding 'zero' is, has no such model.")
              .formatted(name, resolution));
    }
  }

  /** Lowest level of the pyramid; its stride is 8 pixels. */
  public static final int MIN_LEVEL = 3;

  /** Three octaves times three aspect ratios at every place of every level. */
  public static final int ANCHORS_PER_PLACE = 9;

  /**
   * A row of the table of {@link CompoundScaling}, without regard to case.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are and the
   *     nearest
   */
  public static EfficientDetConfig named(String name) {
    return CompoundScaling.named(name);
  }

  /** The names of all rows of the table, in order. */
  public static List<String> names() {
    return CompoundScaling.names();
  }

  /**
   * What each side of a picture must be a multiple of: 2^maxLevel, or less where the published
   * resolution itself is no such multiple. Levels beyond it have sides rounded up.
   */
  public int sizeMultiple() {
    return sizeMultiple(resolution, maxLevel);
  }

  private static int sizeMultiple(int resolution, int maxLevel) {
    return Math.min(1 << maxLevel, Integer.lowestOneBit(resolution));
  }

  public int levels() {
    return maxLevel - MIN_LEVEL + 1;
  }

  /** Anchors of a picture of {@code height} by {@code width} model pixels. */
  public int anchors(int height, int width) {
    requireSize(height, width);
    var places = 0;
    for (var level = MIN_LEVEL; level <= maxLevel; level++) {
      places += side(height, level) * side(width, level);
    }
    return places * ANCHORS_PER_PLACE;
  }

  /** Places of a level along one side: every stride of 2 rounds up. */
  private static int side(int size, int level) {
    return (size + (1 << level) - 1) >> level;
  }

  /**
   * @throws IllegalArgumentException if the network cannot take a picture of that size
   */
  public void requireSize(int height, int width) {
    if (height <= 0 || width <= 0 || height % sizeMultiple() != 0 || width % sizeMultiple() != 0) {
      throw new IllegalArgumentException(
          "%s takes pictures whose height and width are multiples of %d, not %d x %d."
              .formatted(name, sizeMultiple(), height, width));
    }
  }

  /** Whether the network can be of that kind; the lite models of odd sides are TensorFlow's. */
  public boolean suits(Implementation other) {
    return sizeMultiple() == 1 << maxLevel || other.equals(Implementation.TENSORFLOW);
  }

  /** What surrounds a max-pool. */
  public PoolPadding poolPadding() {
    return implementation.poolPadding();
  }

  public EfficientDetConfig withPoolPadding(PoolPadding padding) {
    return withImplementation(implementation.withPoolPadding(padding));
  }

  public EfficientDetConfig withImplementation(Implementation other) {
    return with(resolution, classes, anchorScale, other, normalization);
  }

  public EfficientDetConfig withClasses(int count) {
    return with(resolution, count, anchorScale, implementation, normalization);
  }

  public EfficientDetConfig withNormalization(Normalization other) {
    return with(resolution, classes, anchorScale, implementation, other);
  }

  /**
   * For pictures of another size than the published; the longest side.
   *
   * @throws IllegalArgumentException if the network cannot take such pictures
   */
  public EfficientDetConfig withResolution(int pixels) {
    requireSize(pixels, pixels);
    return with(pixels, classes, anchorScale, implementation, normalization);
  }

  /**
   * For objects of other sizes than COCO's: smaller anchors find smaller objects.
   *
   * @param strides side of a level's smallest anchor
   */
  public EfficientDetConfig withAnchorScale(double strides) {
    return with(resolution, classes, strides, implementation, normalization);
  }

  private EfficientDetConfig with(
      int pixels, int count, double anchors, Implementation other, Normalization bytes) {
    return new EfficientDetConfig(
        name,
        pixels,
        backbone,
        fpnChannels,
        fpnCells,
        fusion,
        headRepeats,
        maxLevel,
        count,
        anchors,
        activation,
        other,
        bytes);
  }
}
