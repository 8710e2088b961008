package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.train.Sgd.Order;
import io.vigil.model.weights.ParameterSpec;
import io.vigil.model.weights.ParameterSpec.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By hand, with a decay that can be seen. */
class SgdTest {

  private static final Sgd GOOGLES = new Sgd(0.9, 0.1, Order.DECAY_THEN_CLIP, 10);
  private static final Sgd TORCHS = new Sgd(0.9, 0.1, Order.CLIP_THEN_DECAY, 10);

  private final float[] weight = {2};
  private final List<float[]> velocity = List.of(new float[1]);

  private Descent.Part part(Role role, float slope) {
    var spec = new ParameterSpec("tensor", new int[] {1}, role);
    return new Descent.Part(spec, weight, new float[] {slope}, velocity);
  }

  private double step(Sgd sgd, float slope) {
    return sgd.step(List.of(part(Role.CONV_KERNEL, slope)), 0.1, 0);
  }

  @ParameterizedTest
  @EnumSource
  void decayJoinsTheGradientAndTheVelocityKeepsIt(Order order) {
    var sgd = new Sgd(0.9, 0.1, order, 10);

    step(sgd, 0.3f);
    assertThat(weight[0]).isCloseTo(1.95f, within(1e-6f));
    step(sgd, 0.1f);
    assertThat(weight[0]).isCloseTo(1.8755f, within(1e-6f));
  }

  @Test
  void googlesDecayIsClippedTooAndTorchsIsNot() {
    assertThat(step(GOOGLES, 30)).isCloseTo(10, within(1e-6));
    assertThat(velocity.get(0)[0]).isCloseTo(10, within(1e-5f));
    velocity.get(0)[0] = 0;
    weight[0] = 2;
    assertThat(step(TORCHS, 30)).isCloseTo(30, within(1e-6));
    assertThat(velocity.get(0)[0]).isCloseTo(10.2f, within(1e-5f));
  }

  /** Google's tensors are clipped each alone, and then together. */
  @Test
  void twoTensorsShareTheNorm() {
    var other = new float[] {0};
    var spec = new ParameterSpec("other", new int[] {1}, Role.CONV_BIAS);
    var second = new Descent.Part(spec, other, new float[] {1000}, List.of(new float[1]));

    var norm = GOOGLES.step(List.of(part(Role.CONV_BIAS, 40), second), 1, 0);

    assertThat(norm).isCloseTo(Math.sqrt(200), within(1e-6));
    assertThat(other[0]).isCloseTo((float) -Math.sqrt(50), within(1e-5f));
    assertThat(weight[0]).isCloseTo((float) (2 - Math.sqrt(50)), within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource
  void kernelsAloneDecay(Role role) {
    GOOGLES.step(List.of(part(role, 0)), 1, 0);

    var kernel = role == Role.CONV_KERNEL || role == Role.DEPTHWISE_KERNEL;
    assertThat(weight[0]).isCloseTo(kernel ? 1.8f : 2, within(1e-6f));
  }
}
