package io.vigil.model.weights.names;

import io.vigil.model.config.EfficientDetConfig;
import java.util.Map;

/** rwightman's: blocks by stage, BiFPN nodes and their inputs counted, as timm names layers. */
record RwightmanNames(EfficientDetConfig config, boolean levelFirst) implements ModuleNames {

  private static final Map<String, String> BLOCK =
      Map.of(
          "expand.conv", "conv_pw",
          "expand.norm", "bn1",
          "depthwise.conv", "conv_dw",
          "depthwise.norm", "bn2",
          "squeeze.reduce", "se.conv_reduce",
          "squeeze.expand", "se.conv_expand",
          "project.conv", "conv_pwl",
          "project.norm", "bn3");

  /** Of the first stage, whose blocks do not expand. */
  private static final Map<String, String> SEPARABLE_BLOCK =
      Map.of(
          "depthwise.conv", "conv_dw",
          "depthwise.norm", "bn1",
          "squeeze.reduce", "se.conv_reduce",
          "squeeze.expand", "se.conv_expand",
          "project.conv", "conv_pw",
          "project.norm", "bn2");

  private static final Map<String, String> LAYER =
      Map.of("depthwise", "conv_dw", "pointwise", "conv_pw", "norm", "bn", "conv", "conv");

  @Override
  public String of(String module) {
    var path = ModulePath.of(module);
    return switch (path.part(0)) {
      case "backbone" -> "backbone." + backbone(path);
      case "fpn" -> "fpn." + pyramid(path);
      case "class" -> "class_net." + head(path);
      case "box" -> "box_net." + head(path);
      default -> throw path.unknown();
    };
  }

  private static String backbone(ModulePath path) {
    if (path.part(1).equals("stem")) {
      return path.part(2).equals("conv") ? "conv_stem" : "bn1";
    }
    var stage = path.number(1) - 1;
    var layers = stage == 0 ? SEPARABLE_BLOCK : BLOCK;
    return "blocks." + stage + "." + path.number(2) + "." + layers.get(path.from(3));
  }

  private String pyramid(ModulePath path) {
    if (path.part(1).equals("coarser")) {
      return "resample.3.conv." + LAYER.get(path.part(2));
    }
    var level = path.number(2);
    var node =
        "cell." + path.number(1) + ".fnode." + NodeOrder.of(config, level, path.word(2)) + ".";
    return switch (path.part(3)) {
      case "fusion" -> node + "combine.edge_weights";
      case "lateral" -> node + "combine." + resample(level) + ".conv." + LAYER.get(path.part(4));
      default -> node + "after_combine.conv." + LAYER.get(path.part(3));
    };
  }

  /** Inputs are counted from the backbone's finest feature. */
  private static String resample(int level) {
    return "resample." + (level - EfficientDetConfig.MIN_LEVEL);
  }

  private String head(ModulePath path) {
    if (path.part(1).equals("predict")) {
      return "predict." + LAYER.get(path.part(2));
    }
    if (path.part(2).equals("norm")) {
      var level = path.number(3) - EfficientDetConfig.MIN_LEVEL;
      var repeat = path.number(1);
      return levelFirst
          ? "bn_rep." + level + "." + repeat
          : "bn_rep." + repeat + "." + level + ".bn";
    }
    return "conv_rep." + path.number(1) + "." + LAYER.get(path.part(2));
  }
}
