package io.vigil.model.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A backbone: the base network widened and deepened; "EfficientNet", Tan and Le 2019.
 *
 * @param name such as {@code b0}
 * @param width factor on the channels of every stage
 * @param depth factor on the blocks of every stage
 * @param lite made for mobile devices: no squeeze-and-excitation, and neither the stem nor the
 *     number of blocks in the first and the last stage grows
 */
public record EfficientNetConfig(String name, double width, double depth, boolean lite) {

  private static final int STEM_CHANNELS = 32;

  /** Of the block behind the last; "EfficientNet", section 5.2. */
  private static final double DROP_CONNECT = 0.2;

  private static final List<Stage> BASE =
      List.of(
          new Stage(1, 1, 3, 1, 1, 32, 16),
          new Stage(2, 2, 3, 2, 6, 16, 24),
          new Stage(3, 2, 5, 2, 6, 24, 40),
          new Stage(4, 3, 3, 2, 6, 40, 80),
          new Stage(5, 3, 5, 1, 6, 80, 112),
          new Stage(6, 4, 5, 2, 6, 112, 192),
          new Stage(7, 1, 3, 1, 6, 192, 320));

  /**
   * Blocks of one shape in a row.
   *
   * @param index from 1
   * @param repeats blocks
   * @param kernel of the depthwise convolutions
   * @param stride of the first block; the others have 1
   * @param expansion of the channels inside a block
   * @param inputs channels that enter the first block
   * @param outputs channels that leave every block
   */
  public record Stage(
      int index, int repeats, int kernel, int stride, int expansion, int inputs, int outputs) {}

  public int stemChannels() {
    return lite ? STEM_CHANNELS : channels(STEM_CHANNELS);
  }

  public List<Stage> stages() {
    var stages = new ArrayList<Stage>();
    for (var base : BASE) {
      stages.add(
          new Stage(
              base.index,
              repeats(base),
              base.kernel,
              base.stride,
              base.expansion,
              base.index == 1 ? stemChannels() : channels(base.inputs),
              channels(base.outputs)));
    }
    return stages;
  }

  /**
   * The probability that a block's branch is kept in training: falling evenly from 1 to about 0.8.
   * The smallest backbone learns without leaving any out, as in google/automl.
   *
   * @param block from 0, over all stages
   */
  public double survival(int block) {
    var blocks = stages().stream().mapToInt(Stage::repeats).sum();
    return name.equals("b0") ? 1 : 1 - DROP_CONNECT * block / blocks;
  }

  private int repeats(Stage base) {
    boolean outer = base.index == 1 || base.index == BASE.size();
    return lite && outer ? base.repeats : (int) Math.ceil(depth * base.repeats);
  }

  /** To the nearest multiple of 8, but never more than a tenth below. */
  private int channels(int base) {
    var wanted = base * width;
    var rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
    return rounded < 0.9 * wanted ? rounded + 8 : rounded;
  }
}
