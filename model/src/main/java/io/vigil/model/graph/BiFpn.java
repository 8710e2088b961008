package io.vigil.model.graph;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Fusion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The weighted bidirectional feature pyramid; "EfficientDet", section 3. */
final class BiFpn<T> {

  private final Ops<T> ops;
  private final Layers<T> layers;
  private final EfficientDetConfig config;

  BiFpn(Ops<T> ops, EfficientDetConfig config) {
    this.ops = ops;
    this.layers = new Layers<>(ops, config, config.implementation().epsilon());
    this.config = config;
  }

  /** P3 up to the highest level, of C3, C4 and C5. */
  List<T> pyramid(List<T> features) {
    var levels = coarser(features);
    for (var cell = 0; cell < config.fpnCells(); cell++) {
      levels = cell("fpn.cell" + cell, levels);
    }
    return List.copyOf(levels.values());
  }

  /** C3, C4 and C5 by level, and above them what pooling makes of C5. */
  private TreeMap<Integer, T> coarser(List<T> features) {
    var levels = new TreeMap<Integer, T>();
    for (var feature : features) {
      levels.put(EfficientDetConfig.MIN_LEVEL + levels.size(), feature);
    }
    var x = layers.lateral("fpn.coarser", levels.lastEntry().getValue());
    while (levels.lastKey() < config.maxLevel()) {
      x = pool(x);
      levels.put(levels.lastKey() + 1, x);
    }
    return levels;
  }

  /** Top-down from the second-highest level, then bottom-up from the second-lowest. */
  private TreeMap<Integer, T> cell(String name, TreeMap<Integer, T> inputs) {
    var lowest = inputs.firstKey();
    var highest = inputs.lastKey();
    var down = new TreeMap<Integer, T>();
    down.put(highest, inputs.get(highest));
    for (var level = highest - 1; level >= lowest; level--) {
      var node = name + ".topdown" + level;
      var entering = entering(node, inputs.get(level));
      var above = ops.upsample(down.get(level + 1), entering);
      down.put(level, node(node, List.of(entering, above)));
    }
    var outputs = new TreeMap<Integer, T>();
    outputs.put(lowest, down.get(lowest));
    for (var level = lowest + 1; level <= highest; level++) {
      var node = name + ".bottomup" + level;
      var joined = new ArrayList<T>();
      joined.add(entering(node, inputs.get(level)));
      if (level < highest) {
        joined.add(down.get(level));
      }
      joined.add(pool(outputs.get(level - 1)));
      outputs.put(level, node(node, joined));
    }
    return outputs;
  }

  /**
   * Each node of the first cell brings a backbone's feature to the pyramid's channels for itself.
   */
  private T entering(String node, T x) {
    return ops.channels(x) == config.fpnChannels() ? x : layers.lateral(node + ".lateral", x);
  }

  private T node(String name, List<T> inputs) {
    var x = layers.activate(fuse(name + ".fusion", inputs));
    x = layers.separable(name, x, config.fpnChannels(), layers.biasBeforeNorm());
    return layers.norm(name + ".norm", x);
  }

  private T fuse(String name, List<T> inputs) {
    return config.fusion() == Fusion.WEIGHTED
        ? ops.fuse(name, inputs, config.implementation().fusionEpsilon())
        : inputs.stream().reduce(ops::add).orElseThrow();
  }

  private T pool(T x) {
    return ops.maxPool(x, config.implementation().padding(), config.poolPadding());
  }
}
