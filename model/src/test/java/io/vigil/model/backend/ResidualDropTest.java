package io.vigil.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vigil.model.config.EfficientDetConfig;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** "Deep Networks with Stochastic Depth", section 3, as google/automl has it. */
class ResidualDropTest {

  /** From the first block on, 0.2 x block / blocks less; the smallest backbone leaves none out. */
  @Test
  void laterBlocksAreLeftOutMoreOften() {
    var b1 = EfficientDetConfig.named("d1").backbone();

    assertThat(b1.stages().stream().mapToInt(stage -> stage.repeats()).sum()).isEqualTo(23);
    assertThat(b1.survival(0)).isEqualTo(1);
    assertThat(b1.survival(22)).isCloseTo(1 - 0.2 * 22 / 23, within(1e-12));
    assertThat(EfficientDetConfig.named("d0").backbone().survival(15)).isEqualTo(1);
  }

  @Test
  void aPictureIsLeftOutWhollyOrScaledUp() {
    var pictures = 400;
    try (var manager = NDManager.newBaseManager("PyTorch")) {
      var x = manager.ones(new Shape(pictures, 3, 2, 2));

      var values = ResidualDrop.of(7).apply(x, 0.8).toFloatArray();

      var kept = 0;
      for (var picture = 0; picture < pictures; picture++) {
        var first = values[12 * picture];
        var same = IntStream.range(12 * picture, 12 * picture + 12);
        assertThat(same.allMatch(i -> values[i] == first)).isTrue();
        assertThat(first).isIn(0f, 1.25f);
        kept += first > 0 ? 1 : 0;
      }
      assertThat(kept).isBetween(280, 360);
    }
  }
}
