package io.vigil.model.backend;

/**
 * Height and width of tensors in a graph: numbers where the picture's size is fixed, words such as
 * {@code height/8} where it is free.
 *
 * @param height of the pictures, or {@link OnnxOptions#FREE}
 * @param width of the pictures, or {@link OnnxOptions#FREE}
 * @param multiple that every height and width is of
 */
record OnnxSides(int height, int width, int multiple) {

  /** The stride of a tensor that has one place for the whole picture. */
  static final int WHOLE = 0;

  Object height(int stride) {
    return side("height", height, stride);
  }

  Object width(int stride) {
    return side("width", width, stride);
  }

  /** Whether a side of some picture is odd at a stride. */
  boolean mayBeOdd(int stride) {
    return multiple % (2 * stride) != 0;
  }

  private static Object side(String name, int size, int stride) {
    if (stride == WHOLE) {
      return 1;
    }
    if (size != OnnxOptions.FREE) {
      return (size + stride - 1) / stride;
    }
    return stride == 1 ? name : name + "/" + stride;
  }
}
