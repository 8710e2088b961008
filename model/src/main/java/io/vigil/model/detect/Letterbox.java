package io.vigil.model.detect;

/**
 * How a displayed source picture lies in a model picture: scaled, top left, padded on the right and
 * the bottom.
 *
 * <pre>{@code
 * Letterbox letterbox = Letterbox.of(1920, 1080, 512, 128, false); // 512 x 384, of which 512 x 288
 * double x = letterbox.sourceX(256); // 960
 * }</pre>
 *
 * @param sourceWidth displayed width of the source, after rotation and pixel aspect
 * @param sourceHeight displayed height of the source
 * @param scaledWidth width of the picture inside the model picture
 * @param scaledHeight height of the picture inside the model picture
 * @param width width of the model picture
 * @param height height of the model picture
 * @param xScale source pixels a model pixel, horizontally; as the reference has it, so not exactly
 *     sourceWidth / scaledWidth
 * @param yScale source pixels a model pixel, vertically
 */
public record Letterbox(
    int sourceWidth,
    int sourceHeight,
    int scaledWidth,
    int scaledHeight,
    int width,
    int height,
    double xScale,
    double yScale) {

  /**
   * Fits the longer side of a source picture to the resolution as google/automl does, and pads each
   * side to the next multiple.
   *
   * @param resolution longer side of the scaled picture
   * @param sizeMultiple each side of the model picture is a multiple of it: 2^maxLevel
   * @param square pads to resolution x resolution instead, the reference's own input shape
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Letterbox of(
      int sourceWidth, int sourceHeight, int resolution, int sizeMultiple, boolean square) {
    return of(sourceWidth, sourceHeight, resolution, sizeMultiple, square, Convention.GOOGLE);
  }

  /** As {@link #of(int, int, int, int, boolean)}, with the rounding of the convention. */
  public static Letterbox of(
      int sourceWidth,
      int sourceHeight,
      int resolution,
      int sizeMultiple,
      boolean square,
      Convention convention) {
    requirePositive("source width", sourceWidth);
    requirePositive("source height", sourceHeight);
    requirePositive("resolution", resolution);
    requirePositive("size multiple", sizeMultiple);
    var scaled = Scaled.of(sourceWidth, sourceHeight, resolution, convention);
    return new Letterbox(
        sourceWidth,
        sourceHeight,
        scaled.width,
        scaled.height,
        square ? resolution : nextMultiple(scaled.width, sizeMultiple),
        square ? resolution : nextMultiple(scaled.height, sizeMultiple),
        scaled.xScale,
        scaled.yScale);
  }

  /** From model pixels to displayed source pixels, clipped to the picture. */
  public double sourceX(double modelX) {
    return clip(modelX * xScale, sourceWidth);
  }

  /** From model pixels to displayed source pixels, clipped to the picture. */
  public double sourceY(double modelY) {
    return clip(modelY * yScale, sourceHeight);
  }

  private static double clip(double value, int size) {
    return Math.max(0, Math.min(size, value));
  }

  private static int nextMultiple(int size, int multiple) {
    return Math.multiplyExact((size + multiple - 1) / multiple, multiple);
  }

  private static void requirePositive(String name, int size) {
    if (size <= 0) {
      throw new IllegalArgumentException(
          "Letterbox: " + name + " is " + size + ", but must be at least 1 pixel");
    }
  }

  /** The picture after scaling; no side is ever 0, however long and thin the source is. */
  private record Scaled(int width, int height, double xScale, double yScale) {

    static Scaled of(int width, int height, int resolution, Convention convention) {
      return switch (convention) {
        case GOOGLE, GOOGLE_EXPORT -> {
          float scale = (float) resolution / Math.max(width, height);
          yield new Scaled(
              truncated(width * scale), truncated(height * scale), 1.0 / scale, 1.0 / scale);
        }
        case EFFDET -> {
          double scale = (double) resolution / Math.max(width, height);
          yield new Scaled(
              truncated(width * scale), truncated(height * scale), 1 / scale, 1 / scale);
        }
        case ZYLO117 -> {
          double scale = (double) resolution / Math.max(width, height);
          int newWidth = width > height ? resolution : truncated(scale * width);
          int newHeight = width > height ? truncated(scale * height) : resolution;
          yield new Scaled(
              newWidth, newHeight, (double) width / newWidth, (double) height / newHeight);
        }
      };
    }

    private static int truncated(double size) {
      return Math.max(1, (int) size);
    }
  }
}
