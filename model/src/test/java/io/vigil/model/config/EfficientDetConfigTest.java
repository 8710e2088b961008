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

  @Test
  void anUnknownNameIsToldWithAllNamesAndTheNearest() {
    assertThatThrownBy(() -> EfficientDetConfig.named("d7y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Unknown model 'd7y'; known are d0, d1, d2, d3, d4, d5, d6, d7, d7x."
                + " Did you mean 'd7'?");
    assertThatThrownBy(() -> EfficientDetConfig.named("yolov8"))
        .hasMessage("Unknown model 'yolov8'; known are d0, d1, d2, d3, d4, d5, d6, d7, d7x.");
  }

  @Test
  void aPictureIsAnyMultipleOfTheCoarsestStride() {
    assertThat(EfficientDetConfig.named("D0").anchors(384, 512)).isEqualTo(36828);
    assertThatThrownBy(() -> EfficientDetConfig.named("d7x").requireSize(384, 512))
        .hasMessage(
            "d7x takes pictures whose height and width are multiples of 256, not 384 x 512.");
  }
}
