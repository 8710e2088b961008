package io.vigil.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.model.backend.ShapeReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EfficientDetConfigTest {

  @ParameterizedTest
  @CsvSource({
    "d0,  b0, 512,  64,  3, 3, 7, 4, WEIGHTED, 49104",
    "d1,  b1, 640,  88,  4, 3, 7, 4, WEIGHTED, 76725",
    "d2,  b2, 768,  112, 5, 3, 7, 4, WEIGHTED, 110484",
    "d3,  b3, 896,  160, 6, 4, 7, 4, WEIGHTED, 150381",
    "d4,  b4, 1024, 224, 7, 4, 7, 4, WEIGHTED, 196416",
    "d5,  b5, 1280, 288, 7, 4, 7, 4, WEIGHTED, 306900",
    "d6,  b6, 1280, 384, 8, 5, 7, 4, SUM,      306900",
    "d7,  b6, 1536, 384, 8, 5, 7, 5, SUM,      441936",
    "d7x, b7, 1536, 384, 8, 5, 8, 4, SUM,      442260",
    "lite0,  lite0, 320, 64,  3, 3, 7, 3, SUM, 19206",
    "lite1,  lite1, 384, 88,  4, 3, 7, 3, SUM, 27621",
    "lite2,  lite2, 448, 112, 5, 3, 7, 3, SUM, 37629",
    "lite3,  lite3, 512, 160, 6, 4, 7, 4, SUM, 49104",
    "lite3x, lite3, 640, 200, 6, 4, 7, 3, SUM, 76725",
    "lite4,  lite4, 640, 224, 7, 4, 7, 4, SUM, 76725",
  })
  void theTableIsThePublishedOne(
      String name,
      String backbone,
      int resolution,
      int channels,
      int cells,
      int repeats,
      int maxLevel,
      double anchorScale,
      Fusion fusion,
      int anchors) {
    var config = EfficientDetConfig.named(name);

    assertThat(config.backbone().name()).isEqualTo(backbone);
    assertThat(config.resolution()).isEqualTo(resolution);
    assertThat(config.fpnChannels()).isEqualTo(channels);
    assertThat(config.fpnCells()).isEqualTo(cells);
    assertThat(config.headRepeats()).isEqualTo(repeats);
    assertThat(config.maxLevel()).isEqualTo(maxLevel);
    assertThat(config.anchorScale()).isEqualTo(anchorScale);
    assertThat(config.fusion()).isEqualTo(fusion);
    assertThat(config.anchors(resolution, resolution)).isEqualTo(anchors);
  }

  @ParameterizedTest
  @CsvSource({
    "d0, 2.492",
    "d1, 6.003",
    "d2, 10.83",
    "d3, 24.57",
    "d4, 54.58",
    "d5, 134.1",
    "d6, 224.1",
    "d7, 322.7",
    "d7x, 407.6"
  })
  void multiplyAddsAreTheTables(String name, String billions) {
    var counted = ShapeReading.of(EfficientDetConfig.named(name)).multiplyAdds() / 1e9;
    var decimals = billions.length() - billions.indexOf('.') - 1;

    assertThat(("%." + decimals + "f").formatted(counted)).isEqualTo(billions);
  }

  /** In millions, as published; D0 to D3 were counted in both references to the last one. */
  @ParameterizedTest
  @CsvSource({
    "d0, 3.880067",
    "d1, 6.625898",
    "d2, 8.097039",
    "d3, 12.032296",
    "d4, 20.7",
    "d5, 33.7",
    "d6, 51.9",
    "d7, 51.9",
    "d7x, 77.15",
    "lite0, 3.2",
    "lite1, 4.2",
    "lite2, 5.3",
    "lite3, 8.4",
    "lite3x, 9.3",
    "lite4, 15.1"
  })
  void trainedParametersAreThePublishedOnes(String name, String millions) {
    var counted = ShapeReading.of(EfficientDetConfig.named(name)).trainedParameters() / 1e6;
    var decimals = millions.length() - millions.indexOf('.') - 1;

    assertThat(("%." + decimals + "f").formatted(counted)).isEqualTo(millions);
  }

  @Test
  void aLiteBackboneKeepsItsStemAndItsOuterStages() {
    var lite4 = EfficientDetConfig.named("lite4").backbone();
    var b4 = EfficientDetConfig.named("d4").backbone();

    assertThat(lite4.stemChannels()).isEqualTo(32);
    assertThat(lite4.stages())
        .extracting(EfficientNetConfig.Stage::repeats)
        .containsExactly(1, 4, 4, 6, 6, 8, 1);
    assertThat(lite4.stages())
        .extracting(EfficientNetConfig.Stage::outputs)
        .isEqualTo(b4.stages().stream().map(EfficientNetConfig.Stage::outputs).toList());
    assertThat(ShapeReading.of(EfficientDetConfig.named("lite0")).parameters())
        .noneMatch(parameter -> parameter.name().contains("squeeze"));
  }

  @Test
  void levelsOfALitePictureHaveOddSidesAndNoZerosAroundThem() {
    var lite0 = EfficientDetConfig.named("lite0");

    assertThat(lite0.sizeMultiple()).isEqualTo(64);
    assertThat(EfficientDetConfig.named("lite2").sizeMultiple()).isEqualTo(64);
    assertThat(EfficientDetConfig.named("lite4").sizeMultiple()).isEqualTo(128);
    assertThat(ShapeReading.of(lite0, 192, 320).outputs().pyramid())
        .extracting(Object::toString)
        .containsExactly("64 x 24 x 40", "64 x 12 x 20", "64 x 6 x 10", "64 x 3 x 5", "64 x 2 x 3");
    assertThatThrownBy(() -> lite0.withPoolPadding(PoolPadding.ZERO))
        .hasMessage(
            "lite0 pads max-pools with '-inf' only: at 320 pixels its levels have odd sides, and"
                + " zylo117, whose padding 'zero' is, has no such model.");
  }

  /** rwightman's own efficientdet_d0 has 3,877,763 parameters by its README, tf_ 3,880,067. */
  @Test
  void pyTorchsKindHasNoBiasesBeforeBatchNorms() {
    var d0 = EfficientDetConfig.named("d0").withImplementation(Implementation.PYTORCH);

    assertThat(ShapeReading.of(d0).trainedParameters()).isEqualTo(3_877_763);
    assertThatThrownBy(() -> d0.withPoolPadding(PoolPadding.ZERO))
        .hasMessageContaining("symmetric padding pad max-pools with '-inf' only");
    assertThatThrownBy(
            () -> EfficientDetConfig.named("lite0").withImplementation(Implementation.PYTORCH))
        .hasMessage("lite0 has the padding 'same' only: at 320 pixels its levels have odd sides.");
  }

  @Test
  void normalisationsHaveNames() {
    assertThat(Normalization.of("advprop")).isEqualTo(Normalization.SYMMETRIC);
    assertThatThrownBy(() -> Normalization.of("adv"))
        .hasMessage("Unknown normalisation 'adv'; known are advprop, imagenet, lite.");
  }

  @Test
  void anUnknownNameIsToldWithAllNamesAndTheNearest() {
    assertThatThrownBy(() -> EfficientDetConfig.named("d7y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Unknown model 'd7y'; known are d0, d1, d2, d3, d4, d5, d6, d7, d7x,"
                + " lite0, lite1, lite2, lite3, lite3x, lite4."
                + " Did you mean 'd7'?");
    assertThatThrownBy(() -> EfficientDetConfig.named("yolov8"))
        .hasMessage(
            "Unknown model 'yolov8'; known are d0, d1, d2, d3, d4, d5, d6, d7, d7x,"
                + " lite0, lite1, lite2, lite3, lite3x, lite4.");
  }

  @Test
  void aPictureIsAnyMultipleOfTheCoarsestStride() {
    assertThat(EfficientDetConfig.named("D0").anchors(384, 512)).isEqualTo(36828);
    assertThatThrownBy(() -> EfficientDetConfig.named("d7x").requireSize(384, 512))
        .hasMessage(
            "d7x takes pictures whose height and width are multiples of 256, not 384 x 512.");
  }
}
