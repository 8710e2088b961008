package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.ParameterSpec.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamWTest {

  private static final AdamW ADAMW = AdamW.usual();
  private static final double RATE = 0.01;

  private final float[] weights = {0.5f};
  private final List<float[]> memory = List.of(new float[1], new float[1]);

  private double step(Role role, float slope, long step) {
    var spec = new ParameterSpec("tensor", new int[] {1}, role);
    var part = new Descent.Part(spec, weights, new float[] {slope}, memory);
    return ADAMW.step(List.of(part), RATE, step);
  }

  /** By the paper's algorithm 2, in double. */
  @Test
  void threeStepsAreThePapers() {
    step(Role.CONV_KERNEL, 0.3f, 0);
    assertThat(weights[0]).isCloseTo(0.48995000f, within(1e-7f));
    step(Role.CONV_KERNEL, -0.2f, 1);
    assertThat(weights[0]).isCloseTo(0.48845580f, within(1e-7f));
    step(Role.CONV_KERNEL, 0.1f, 2);
    assertThat(weights[0]).isCloseTo(0.48562187f, within(1e-7f));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-4f, 1, 1e3f})
  void aWeightMovesByTheRateWhateverTheSizeOfItsGradient(float slope) {
    for (var i = 0; i < 10; i++) {
      step(Role.BN_SCALE, slope, i);
    }
    assertThat(weights[0]).isCloseTo((float) (0.5 - 10 * RATE), within(2e-5f));
  }

  @Test
  void kernelsAloneDecay() {
    step(Role.CONV_BIAS, 0, 0);
    assertThat(weights[0]).isEqualTo(0.5f);
    step(Role.DEPTHWISE_KERNEL, 0, 1);
    assertThat(weights[0]).isCloseTo((float) (0.5 * (1 - RATE * 0.01)), within(1e-7f));
  }

  /** A batch that runs away does not fill the running means with itself. */
  @Test
  void aGradientOfAThousandCountsAsOneOfTen() {
    assertThat(step(Role.CONV_KERNEL, 1000, 0)).isEqualTo(1000);
    assertThat(memory.get(0)[0]).isCloseTo(1f, within(1e-6f));
    assertThat(memory.get(1)[0]).isCloseTo(0.1f, within(1e-6f));
  }
}
