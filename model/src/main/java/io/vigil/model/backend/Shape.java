package io.vigil.model.backend;

/** The shape of one picture's tensor: [channels, height, width]. */
public record Shape(int channels, int height, int width) {

  long places() {
    return (long) height * width;
  }

  Shape withChannels(int count) {
    return new Shape(count, height, width);
  }

  /** SAME padding: ceil(size / stride). */
  Shape strided(int stride) {
    return new Shape(channels, (height + stride - 1) / stride, (width + stride - 1) / stride);
  }

  @Override
  public String toString() {
    return channels + " x " + height + " x " + width;
  }
}
