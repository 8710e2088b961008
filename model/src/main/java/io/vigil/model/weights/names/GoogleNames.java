package io.vigil.model.weights.names;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.EfficientNetConfig;
import java.util.Map;

/**
 * google/automl's variables: blocks counted through, layers of one kind in a block numbered from
 * the second on, BiFPN nodes counted in the order of their making.
 */
record GoogleNames(EfficientDetConfig config) implements ModuleNames {

  private static final Map<String, String> BLOCK =
      Map.of(
          "expand.conv", "conv2d",
          "expand.norm", "tpu_batch_normalization",
          "depthwise.conv", "depthwise_conv2d",
          "depthwise.norm", "tpu_batch_normalization_1",
          "squeeze.reduce", "se/conv2d",
          "squeeze.expand", "se/conv2d_1",
          "project.conv", "conv2d_1",
          "project.norm", "tpu_batch_normalization_2");

  /** Of the first stage, whose blocks do not expand. */
  private static final Map<String, String> SEPARABLE_BLOCK =
      Map.of(
          "depthwise.conv", "depthwise_conv2d",
          "depthwise.norm", "tpu_batch_normalization",
          "squeeze.reduce", "se/conv2d",
          "squeeze.expand", "se/conv2d_1",
          "project.conv", "conv2d",
          "project.norm", "tpu_batch_normalization_1");

  private static final Map<String, String> LEAVES =
      Map.of(
          "bias", "bias",
          "weights", "WSM",
          "scale", "gamma",
          "shift", "beta",
          "mean", "moving_mean",
          "variance", "moving_variance");

  @Override
  public String parameter(String module, String leaf) {
    return of(module) + "/" + (leaf.equals("weight") ? kernel(module) : LEAVES.get(leaf));
  }

  @Override
  public boolean countsBatches() {
    return false;
  }

  /** A separable convolution is one layer with two kernels. */
  private static String kernel(String module) {
    if (module.endsWith(".pointwise")) {
      return "pointwise_kernel";
    }
    return module.endsWith(".depthwise") || module.endsWith(".depthwise.conv")
        ? "depthwise_kernel"
        : "kernel";
  }

  @Override
  public String of(String module) {
    var path = ModulePath.of(module);
    return switch (path.part(0)) {
      case "backbone" -> "efficientnet-" + config.backbone().name() + "/" + backbone(path);
      case "fpn" -> pyramid(path);
      case "class", "box" -> head(path);
      default -> throw path.unknown();
    };
  }

  private String backbone(ModulePath path) {
    if (path.part(1).equals("stem")) {
      return path.part(2).equals("conv") ? "stem/conv2d" : "stem/tpu_batch_normalization";
    }
    var stage = path.number(1);
    var before =
        config.backbone().stages().stream()
            .filter(other -> other.index() < stage)
            .mapToInt(EfficientNetConfig.Stage::repeats)
            .sum();
    var layers = stage == 1 ? SEPARABLE_BLOCK : BLOCK;
    return "blocks_" + (before + path.number(2)) + "/" + layers.get(path.from(3));
  }

  private String pyramid(ModulePath path) {
    if (path.part(1).equals("coarser")) {
      return "resample_p6/" + resampler(path.part(2));
    }
    var level = path.number(2);
    var number = NodeOrder.of(config, level, path.word(2));
    var node = "fpn_cells/cell_" + path.number(1) + "/fnode" + number;
    // Features that there are when the node is made: the cell's inputs and the nodes before it.
    var features = config.levels() + number;
    var input = level - EfficientDetConfig.MIN_LEVEL;
    return switch (path.part(3)) {
      case "fusion" -> node;
      case "lateral" ->
          node + "/resample_0_" + input + "_" + features + "/" + resampler(path.part(4));
      case "norm" -> node + "/op_after_combine" + features + "/bn";
      default -> node + "/op_after_combine" + features + "/conv";
    };
  }

  private static String resampler(String part) {
    return part.equals("norm") ? "bn" : "conv2d";
  }

  private static String head(ModulePath path) {
    var name = path.part(0);
    var net = name + "_net/" + name + "-";
    if (path.part(1).equals("predict")) {
      return net + "predict";
    }
    var layer = net + path.number(1);
    return path.part(2).equals("norm") ? layer + "-bn-" + path.number(3) : layer;
  }
}
