package io.vigil.model.weights.names;

import io.vigil.model.config.EfficientDetConfig;

/** Nodes of a cell in the order of their making: down from the second-highest level, then up. */
final class NodeOrder {
  private NodeOrder() {}

  /**
   * @param direction {@code topdown} or {@code bottomup}
   */
  static int of(EfficientDetConfig config, int level, String direction) {
    var highest = config.maxLevel();
    return direction.equals("topdown")
        ? highest - 1 - level
        : highest - EfficientDetConfig.MIN_LEVEL + level - (EfficientDetConfig.MIN_LEVEL + 1);
  }
}
