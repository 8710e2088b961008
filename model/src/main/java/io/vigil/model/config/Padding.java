package io.vigil.model.config;

/**
 * Where the border of a convolution or a max-pool lies. At stride 1 both are the same; at stride 2
 * on even sides they look at the picture half a place apart.
 */
public enum Padding {
  /** TensorFlow's: the odd one of the padding goes to the bottom and the right. */
  SAME("same"),
  /** PyTorch's: as much on every side. */
  SYMMETRIC("symmetric");

  private final String key;

  Padding(String key) {
    this.key = key;
  }

  /** As written in a model file's metadata. */
  public String key() {
    return key;
  }

  /**
   * @throws IllegalArgumentException if there is no such padding; the message names those there are
   */
  public static Padding of(String key) {
    for (var padding : values()) {
      if (padding.key.equals(key)) {
        return padding;
      }
    }
    throw new IllegalArgumentException(
        "Unknown padding '" + key + "'; known are 'same' and 'symmetric'.");
  }
}
