package io.vigil.model.config;

/**
 * What surrounds the input of a max-pool. It belongs to the weights: trained with one and run with
 * the other, logits move by 0.1 to 1.
 */
public enum PoolPadding {
  /** zylo117's. */
  ZERO("zero"),
  /** TensorFlow's and rwightman's: the border never wins. */
  MINUS_INFINITY("-inf");

  private final String key;

  PoolPadding(String key) {
    this.key = key;
  }

  /** As written in a model file's metadata. */
  public String key() {
    return key;
  }

  /**
   * @throws IllegalArgumentException if there is no such padding; the message names those there are
   */
  public static PoolPadding of(String key) {
    for (var padding : values()) {
      if (padding.key.equals(key)) {
        return padding;
      }
    }
    throw new IllegalArgumentException(
        "Unknown pool padding '" + key + "'; known are 'zero' and '-inf'.");
  }
}
