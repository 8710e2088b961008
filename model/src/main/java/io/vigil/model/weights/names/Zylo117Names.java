package io.vigil.model.weights.names;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.EfficientNetConfig;
import java.util.Map;

/** zylo117's: blocks counted through, BiFPN nodes by level and direction, batch norms by level. */
record Zylo117Names(EfficientDetConfig config) implements ModuleNames {

  /**
   * Of every cell, whatever the fusion and the levels: the names and how many inputs they weigh.
   */
  static final Map<String, Integer> FUSION_WEIGHTS =
      Map.of(
          "p6_w1", 2, "p5_w1", 2, "p4_w1", 2, "p3_w1", 2, "p4_w2", 3, "p5_w2", 3, "p6_w2", 3,
          "p7_w2", 2);

  private static final Map<String, String> BLOCK =
      Map.of(
          "expand.conv", "_expand_conv.conv",
          "expand.norm", "_bn0",
          "depthwise.conv", "_depthwise_conv.conv",
          "depthwise.norm", "_bn1",
          "squeeze.reduce", "_se_reduce.conv",
          "squeeze.expand", "_se_expand.conv",
          "project.conv", "_project_conv.conv",
          "project.norm", "_bn2");

  private static final Map<String, String> LAYER =
      Map.of(
          "depthwise", "depthwise_conv.conv",
          "pointwise", "pointwise_conv.conv",
          "norm", "bn");

  @Override
  public String of(String module) {
    var path = ModulePath.of(module);
    return switch (path.part(0)) {
      case "backbone" -> "backbone_net.model." + backbone(path);
      case "fpn" -> "bifpn." + pyramid(path);
      case "class" -> "classifier." + head(path);
      case "box" -> "regressor." + head(path);
      default -> throw path.unknown();
    };
  }

  private String backbone(ModulePath path) {
    if (path.part(1).equals("stem")) {
      return path.part(2).equals("conv") ? "_conv_stem.conv" : "_bn0";
    }
    var before =
        config.backbone().stages().stream()
            .filter(stage -> stage.index() < path.number(1))
            .mapToInt(EfficientNetConfig.Stage::repeats)
            .sum();
    return "_blocks." + (before + path.number(2)) + "." + BLOCK.get(path.from(3));
  }

  private String pyramid(ModulePath path) {
    if (path.part(1).equals("coarser")) {
      return "0.p5_to_p6." + resampler(path.part(2));
    }
    var cell = path.number(1) + ".";
    var level = path.number(2);
    var down = path.word(2).equals("topdown");
    return switch (path.part(3)) {
      case "fusion" -> cell + "p" + level + (down ? "_w1" : "_w2");
      case "lateral" -> cell + lateral(level, down) + "." + resampler(path.part(4));
      default -> cell + "conv" + level + (down ? "_up." : "_down.") + LAYER.get(path.part(3));
    };
  }

  private static String lateral(int level, boolean down) {
    return "p" + level + "_down_channel" + (down ? "" : "_2");
  }

  private static String resampler(String part) {
    return part.equals("norm") ? "1" : "0.conv";
  }

  private String head(ModulePath path) {
    if (path.part(1).equals("predict")) {
      return "header." + LAYER.get(path.part(2));
    }
    if (path.part(2).equals("norm")) {
      var level = path.number(3) - EfficientDetConfig.MIN_LEVEL;
      return "bn_list." + level + "." + path.number(1);
    }
    return "conv_list." + path.number(1) + "." + LAYER.get(path.part(2));
  }
}
