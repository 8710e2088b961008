package io.vigil.model.weights;

import static io.vigil.model.weights.FormulaD0.D0;
import static io.vigil.model.weights.FormulaD0.DIGEST;
import static io.vigil.model.weights.FormulaD0.WEIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.PoolPadding;
import io.vigil.model.weights.names.NameScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightsExportTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void safetensorsGiveTheSameWeightsInEveryFamilysNames(NameScheme scheme) {
    Path path = folder.resolve("w.safetensors");
    EfficientDetConfig config = D0.withPoolPadding(PoolPadding.ZERO);
    WeightsExport.write(path, config, WEIGHTS, scheme, true);

    ImportedWeights imported = WeightsImport.read(path, D0);

    assertThat(imported.scheme()).isEqualTo(scheme);
    assertThat(imported.digest()).isEqualTo(DIGEST);
    assertThat(imported.implementation().poolPadding()).isEqualTo(PoolPadding.ZERO);
    assertThat(imported.trained()).isTrue();
    assertThat(imported.notes()).isEmpty();
  }

  /** A network that was trained with the paper's epsilon stays one. */
  @Test
  void anEpsilonOfItsOwnStaysWithTheWeights() {
    var own = D0.withImplementation(D0.implementation().withEpsilon(1e-4));
    var weights = InitialWeights.of(ShapeReading.of(D0).parameters(), 1);
    var path = folder.resolve("paper.safetensors");
    WeightsExport.write(path, own, weights, NameScheme.RWIGHTMAN, true);

    assertThat(WeightsImport.read(path, D0).implementation()).isEqualTo(own.implementation());

    var usual = folder.resolve("usual.safetensors");
    WeightsExport.write(usual, D0, weights, NameScheme.RWIGHTMAN, true);
    assertThat(WeightsImport.read(usual, D0).implementation()).isEqualTo(D0.implementation());
  }

  @Test
  void halvesAreTheNearest() {
    Path path = folder.resolve("half.safetensors");

    WeightsExport.write(path, D0, WEIGHTS, NameScheme.RWIGHTMAN, true, ElementType.HALF);

    Weights read = WeightsImport.read(path, D0).weights();
    for (ParameterSpec parameter : ShapeReading.of(D0).parameters()) {
      float[] written = WEIGHTS.tensor(parameter.name()).values();
      float[] back = read.tensor(parameter.name()).values();
      for (int i = 0; i < written.length; i++) {
        // Ten bits of fraction, and steps of 2^-24 below 2^-14
        double step = Math.max(Math.abs(written[i]) * 0x1p-11, 0x1p-25);
        assertThat((double) back[i]).as(parameter.name()).isCloseTo(written[i], within(step));
      }
    }
  }

  @Test
  void aValueThatNoHalfCanHoldIsRefused() {
    Path path = folder.resolve("half.safetensors");
    String name = "class.predict.pointwise.bias";
    float[] values = WEIGHTS.tensor(name).values().clone();
    values[7] = 7e4f;
    Tensor large = new Tensor(WEIGHTS.tensor(name).shape(), values);
    Weights weights = any -> any.equals(name) ? large : WEIGHTS.tensor(any);

    assertThatThrownBy(
            () ->
                WeightsExport.write(
                    path, D0, weights, NameScheme.RWIGHTMAN, true, ElementType.HALF))
        .hasMessageContaining(name)
        .hasMessageContaining("export it as float32");
    assertThat(path).doesNotExist();
  }
}
