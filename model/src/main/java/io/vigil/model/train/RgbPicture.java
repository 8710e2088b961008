package io.vigil.model.train;

import java.util.Optional;

/**
 * A picture as stored.
 *
 * @param rgb [height, width, 3]
 */
public record RgbPicture(int width, int height, byte[] rgb) {

  /**
   * What is wrong if the picture's boxes are of a picture of some size: of another size, or turned,
   * they would lie elsewhere.
   */
  public Optional<String> notOfSize(int annotatedWidth, int annotatedHeight) {
    return width == annotatedWidth && height == annotatedHeight
        ? Optional.empty()
        : Optional.of(
            "has %d x %d pixels where the annotations say %d x %d: correct them, or turn the picture itself, as an orientation in EXIF data is not applied"
                .formatted(width, height, annotatedWidth, annotatedHeight));
  }
}
