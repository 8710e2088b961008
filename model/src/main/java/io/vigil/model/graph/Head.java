package io.vigil.model.graph;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.graph.Ops.Bias;
import java.util.ArrayList;
import java.util.List;

/** The class net or the box net: one set of convolutions for all levels, batch norms of each. */
final class Head<T> {

  private final String name;
  private final Layers<T> layers;
  private final EfficientDetConfig config;

  Head(String name, Ops<T> ops, EfficientDetConfig config) {
    this.name = name;
    this.layers = new Layers<>(ops, config, config.implementation().epsilon());
    this.config = config;
  }

  /** Maps [N, outputs, H, W] of every level of the pyramid. */
  List<T> predict(List<T> pyramid, int outputs, Bias bias) {
    var maps = new ArrayList<T>();
    for (var x : pyramid) {
      var level = EfficientDetConfig.MIN_LEVEL + maps.size();
      maps.add(layers.separable(name + ".predict", tower(x, level), outputs, bias));
    }
    return maps;
  }

  private T tower(T input, int level) {
    var x = input;
    for (var repeat = 0; repeat < config.headRepeats(); repeat++) {
      var layer = name + ".layer" + repeat;
      x = layers.separable(layer, x, config.fpnChannels(), layers.biasBeforeNorm());
      x = layers.activate(layers.norm(layer + ".norm.p" + level, x));
    }
    return x;
  }
}
