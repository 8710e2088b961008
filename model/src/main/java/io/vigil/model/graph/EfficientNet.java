package io.vigil.model.graph;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.EfficientNetConfig;
import io.vigil.model.graph.Ops.Bias;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The backbone: a stem and seven stages of mobile inverted bottlenecks. */
final class EfficientNet<T> {

  /** The last stages at strides 8, 16 and 32. */
  private static final Set<Integer> TAPPED_STAGES = Set.of(3, 5, 7);

  private final Ops<T> ops;
  private final Layers<T> layers;
  private final EfficientNetConfig config;

  EfficientNet(Ops<T> ops, EfficientDetConfig config) {
    this.ops = ops;
    this.layers = new Layers<>(ops, config, config.implementation().backboneEpsilon());
    this.config = config.backbone();
  }

  /** C3, C4 and C5 of an image [N, 3, H, W]. */
  List<T> features(T image) {
    var features = new ArrayList<T>();
    var stem = layers.window(3, 2);
    var x = ops.conv("backbone.stem.conv", image, config.stemChannels(), stem, Bias.NONE);
    x = layers.activate(layers.norm("backbone.stem.norm", x));
    var blocks = 0;
    for (var stage : config.stages()) {
      for (var block = 0; block < stage.repeats(); block++) {
        var name = "backbone.stage%d.block%d".formatted(stage.index(), block);
        var survival = config.survival(blocks++);
        x = bottleneck(name, x, stage, block == 0 ? stage.stride() : 1, survival);
      }
      if (TAPPED_STAGES.contains(stage.index())) {
        features.add(x);
      }
    }
    return features;
  }

  /** Expand, filter each channel, weigh the channels, project; "MobileNetV2" and "MnasNet". */
  private T bottleneck(
      String name, T input, EfficientNetConfig.Stage stage, int stride, double survival) {
    var inputs = ops.channels(input);
    var x = input;
    if (stage.expansion() != 1) {
      var expanded = inputs * stage.expansion();
      x = ops.conv(name + ".expand.conv", x, expanded, Window.POINT, Bias.NONE);
      x = layers.activate(layers.norm(name + ".expand.norm", x));
    }
    x = ops.depthwise(name + ".depthwise.conv", x, layers.window(stage.kernel(), stride));
    x = layers.activate(layers.norm(name + ".depthwise.norm", x));
    if (!config.lite()) {
      x = squeezeExcite(name + ".squeeze", x, Math.max(1, inputs / 4));
    }
    x = ops.conv(name + ".project.conv", x, stage.outputs(), Window.POINT, Bias.NONE);
    x = layers.norm(name + ".project.norm", x);
    return stride == 1 && inputs == stage.outputs()
        ? ops.add(ops.dropConnect(x, survival), input)
        : x;
  }

  /** Weighs each channel by what all channels are on average; "Squeeze-and-Excitation Networks". */
  private T squeezeExcite(String name, T x, int squeezed) {
    var weights = ops.conv(name + ".reduce", ops.globalMean(x), squeezed, Window.POINT, Bias.ZERO);
    weights = layers.activate(weights);
    weights = ops.conv(name + ".expand", weights, ops.channels(x), Window.POINT, Bias.ZERO);
    return ops.scale(x, ops.sigmoid(weights));
  }
}
