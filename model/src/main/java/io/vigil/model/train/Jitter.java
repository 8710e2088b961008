package io.vigil.model.train;

/**
 * How a picture comes into a training picture: scaled, perhaps mirrored, cropped where it is
 * larger. All in float32 and with truncation, as google/automl computes it: in double some sizes
 * come out one pixel different.
 *
 * @param outputHeight of the training picture
 * @param outputWidth of the training picture
 * @param scaledHeight of the whole picture after scaling
 * @param scaledWidth of the whole picture after scaling
 * @param offsetY rows of the scaled picture above the crop
 * @param offsetX columns of the scaled picture left of the crop
 * @param mirrored left and right changed places, before scaling
 */
public record Jitter(
    int outputHeight,
    int outputWidth,
    int scaledHeight,
    int scaledWidth,
    int offsetY,
    int offsetX,
    boolean mirrored) {

  /**
   * The random numbers of one picture, in the order in which they are drawn.
   *
   * @param flip in [0, 1); above 0.5 the picture is mirrored
   * @param scale factor on the output's sides that the picture is fitted into
   * @param offsetY in [0, 1): where the crop begins in the rows left over
   * @param offsetX in [0, 1)
   */
  public record Draws(float flip, float scale, float offsetY, float offsetX) {}

  public static Jitter of(int height, int width, int outputHeight, int outputWidth, Draws draws) {
    var targetHeight = (int) (draws.scale() * outputHeight);
    var targetWidth = (int) (draws.scale() * outputWidth);
    var scale = Math.min((float) targetHeight / height, (float) targetWidth / width);
    var scaledHeight = (int) (height * scale);
    var scaledWidth = (int) (width * scale);
    return new Jitter(
        outputHeight,
        outputWidth,
        scaledHeight,
        scaledWidth,
        offset(scaledHeight, outputHeight, draws.offsetY()),
        offset(scaledWidth, outputWidth, draws.offsetX()),
        draws.flip() > 0.5f);
  }

  private static int offset(int scaled, int output, float draw) {
    return (int) (Math.max(0f, scaled - output) * draw);
  }

  /** Rows of the training picture that show the picture. */
  int visibleHeight() {
    return Math.min(outputHeight, scaledHeight - offsetY);
  }

  int visibleWidth() {
    return Math.min(outputWidth, scaledWidth - offsetX);
  }

  /**
   * An object in the training picture, or null if nothing of it is left. As in the reference it is
   * cut at the training picture's last pixel, not at the visible part.
   *
   * @param object in pixels of the picture
   * @param height of the picture
   * @param width of the picture
   */
  TruthBox move(TruthBox object, int height, int width) {
    var left = object.x1() / width;
    var right = object.x2() / width;
    var y1 = cut(object.y1() / height * scaledHeight - offsetY, outputHeight);
    var x1 = cut((mirrored ? 1 - right : left) * scaledWidth - offsetX, outputWidth);
    var y2 = cut(object.y2() / height * scaledHeight - offsetY, outputHeight);
    var x2 = cut((mirrored ? 1 - left : right) * scaledWidth - offsetX, outputWidth);
    var moved = new TruthBox(y1, x1, y2, x2, object.classIndex());
    return moved.area() == 0 ? null : moved;
  }

  private static float cut(float place, int size) {
    return Math.max(0, Math.min(size - 1, place));
  }
}
