package io.vigil.model.backend;

/**
 * Pictures of one size for the network.
 *
 * @param pixels normalised, row-major [count, 3, height, width]
 */
public record Batch(float[] pixels, int count, int height, int width) {

  public Batch {
    if (pixels.length != Math.multiplyExact(3 * height * width, count)) {
      throw new IllegalArgumentException(
          "%d pictures of %d x %d have %d values, not %d."
              .formatted(count, height, width, 3L * count * height * width, pixels.length));
    }
  }
}
