package io.vigil.model.backend;

import io.vigil.model.graph.Window;

/**
 * What is added to both ends of one side of a picture.
 *
 * @param before top or left
 * @param after bottom or right
 */
record Border(long before, long after) {

  static Border of(long size, Window window) {
    return switch (window.padding()) {
      case SAME -> same(size, window.kernel(), window.stride());
      case SYMMETRIC -> new Border(window.kernel() / 2, window.kernel() / 2);
    };
  }

  /** The odd place comes after. */
  private static Border same(long size, int kernel, int stride) {
    var outputs = (size + stride - 1) / stride;
    var total = Math.max((outputs - 1) * stride + kernel - size, 0);
    return new Border(total / 2, total - total / 2);
  }

  boolean symmetric() {
    return before == after;
  }
}
