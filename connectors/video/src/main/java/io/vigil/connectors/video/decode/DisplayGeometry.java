package io.vigil.connectors.video.decode;

/**
 * How a coded picture is displayed. The pixel aspect stretches its width and leaves its height, as
 * the display size in MP4 does; then it is turned.
 *
 * @param width as displayed
 * @param height as displayed
 */
record DisplayGeometry(Orientation orientation, int width, int height) {

  /** What a damaged header says beyond it is not a pixel aspect. */
  private static final double MAX_PIXEL_ASPECT = 16;

  /**
   * @param pixelAspectNumerator 0 if not known
   */
  static DisplayGeometry of(
      int codedWidth,
      int codedHeight,
      int pixelAspectNumerator,
      int pixelAspectDenominator,
      Orientation orientation) {
    int stretched = stretch(codedWidth, pixelAspectNumerator, pixelAspectDenominator);
    return orientation.swapsSides()
        ? new DisplayGeometry(orientation, codedHeight, stretched)
        : new DisplayGeometry(orientation, stretched, codedHeight);
  }

  private static int stretch(int width, int numerator, int denominator) {
    if (numerator <= 0 || denominator <= 0) {
      return width;
    }
    double aspect = (double) numerator / denominator;
    boolean credible = aspect <= MAX_PIXEL_ASPECT && aspect >= 1 / MAX_PIXEL_ASPECT;
    return credible ? (int) Math.max(1, Math.round(width * aspect)) : width;
  }
}
