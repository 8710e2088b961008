package io.vigil.model.weights.names;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.PoolPadding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A family of implementations whose weights files hold these networks.
 *
 * <pre>{@code
 * var names = NameScheme.ZYLO117.table(EfficientDetConfig.named("d0"));
 * names.of("backbone.stem.conv.weight"); // backbone_net.model._conv_stem.conv.weight
 * }</pre>
 */
public enum NameScheme {
  /** zylo117/Yet-Another-EfficientDet-Pytorch; calls D7x d8. */
  ZYLO117("zylo117", PoolPadding.ZERO) {
    @Override
    ModuleNames modules(EfficientDetConfig config) {
      return new Zylo117Names(config);
    }

    /** Its cells create the weights of a weighted fusion whether the network has one or not. */
    @Override
    void addUnused(EfficientDetConfig config, Map<String, int[]> unused) {
      for (var cell = 0; cell < config.fpnCells(); cell++) {
        for (var weights : Zylo117Names.FUSION_WEIGHTS.entrySet()) {
          unused.put("bifpn." + cell + "." + weights.getKey(), new int[] {weights.getValue()});
        }
      }
    }
  },

  /** rwightman/efficientdet-pytorch, its {@code tf_efficientdet_*}. */
  RWIGHTMAN("rwightman", PoolPadding.MINUS_INFINITY) {
    @Override
    ModuleNames modules(EfficientDetConfig config) {
      return new RwightmanNames(config, false);
    }
  },

  /** rwightman's models whose heads keep their batch norms by level before repeat. */
  RWIGHTMAN_LEVEL_FIRST("rwightman-level-first", PoolPadding.MINUS_INFINITY) {
    @Override
    ModuleNames modules(EfficientDetConfig config) {
      return new RwightmanNames(config, true);
    }
  },

  /** google/automl's checkpoints, with kernels turned to OIHW and each fusion's weights joined. */
  GOOGLE("google", PoolPadding.MINUS_INFINITY) {
    @Override
    ModuleNames modules(EfficientDetConfig config) {
      return new GoogleNames(config);
    }
  };

  private final String key;
  private final PoolPadding poolPadding;

  NameScheme(String key, PoolPadding poolPadding) {
    this.key = key;
    this.poolPadding = poolPadding;
  }

  /** As given on the command line and told in messages. */
  public String key() {
    return key;
  }

  /**
   * @throws IllegalArgumentException if there is no such family; names those there are
   */
  public static NameScheme of(String key) {
    for (var scheme : values()) {
      if (scheme.key.equals(key)) {
        return scheme;
      }
    }
    var known = Stream.of(values()).map(NameScheme::key).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("Unknown names '" + key + "'; known are " + known + ".");
  }

  /** What surrounds a max-pool in that family's own code. */
  public PoolPadding poolPadding() {
    return poolPadding;
  }

  /** The names of every tensor of a network, and of those that the family keeps besides. */
  public NameTable table(EfficientDetConfig config) {
    var modules = modules(config);
    var names = new LinkedHashMap<String, String>();
    var unused = new LinkedHashMap<String, int[]>();
    for (var parameter : ShapeReading.of(config).parameters()) {
      var split = parameter.name().lastIndexOf('.');
      var module = parameter.name().substring(0, split);
      var leaf = parameter.name().substring(split + 1);
      names.put(parameter.name(), modules.parameter(module, leaf));
      if (leaf.equals("scale") && modules.countsBatches()) {
        unused.put(modules.of(module) + ".num_batches_tracked", new int[0]);
      }
    }
    addUnused(config, unused);
    unused.keySet().removeAll(names.values());
    return new NameTable(this, names, unused);
  }

  abstract ModuleNames modules(EfficientDetConfig config);

  void addUnused(EfficientDetConfig config, Map<String, int[]> unused) {}
}
