package io.vigil.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.ParameterSpec.Role;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private static final List<ParameterSpec> D0 =
      ShapeReading.of(EfficientDetConfig.named("d0")).parameters();

  @Test
  void theSameSeedGivesTheSameBitsEverywhere() {
    assertThat(WeightsDigest.of(D0, InitialWeights.of(D0, 0)))
        .isEqualTo("d8e0f9bdb5663851f03a696ad828ce4ead6094d543b6e7564020dc20266d7c71")
        .isNotEqualTo(WeightsDigest.of(D0, InitialWeights.of(D0, 1)));
  }

  @Test
  void kernelsAreScaledByTheirFanInAndCutOff() {
    var kernel = new ParameterSpec("k.weight", new int[] {500, 20, 3, 3}, Role.CONV_KERNEL);
    float[] values = InitialWeights.of(List.of(kernel), 0).tensor("k.weight").values();

    double mean = doubles(values).average().orElseThrow();
    double variance = doubles(values).map(v -> v * v).average().orElseThrow();
    double deviation = 1 / Math.sqrt(180);
    assertThat(mean).isCloseTo(0, within(deviation / 100));
    assertThat(variance).isCloseTo(1.0 / 180, within(0.02 / 180));
    assertThat(doubles(values).map(Math::abs).max().orElseThrow())
        .isLessThan(2.28 * deviation)
        .isGreaterThan(2.2 * deviation);
  }

  @Test
  void everyTensorStartsAsItsRoleSays() {
    var weights = InitialWeights.of(D0, 0);

    for (ParameterSpec parameter : D0) {
      var values = doubles(weights.tensor(parameter.name()).values());
      switch (parameter.role()) {
        case CONV_BIAS, BN_SHIFT, BN_MEAN -> assertThat(values).containsOnly(0.0);
        case BN_SCALE, BN_VARIANCE, FUSION_WEIGHTS -> assertThat(values).containsOnly(1.0);
        case CLASS_PREDICTOR_BIAS -> assertThat(values).containsOnly((double) -4.59512f);
        case CONV_KERNEL, DEPTHWISE_KERNEL ->
            assertThat(values.distinct().count()).isGreaterThan(1);
      }
    }
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }
}
