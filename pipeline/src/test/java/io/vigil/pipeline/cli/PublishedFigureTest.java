package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.detect.Convention;
import io.vigil.model.detect.DetectionSettings;
import org.junit.jupiter.api.Test;

class PublishedFigureTest {
  private static final DetectionSettings EFFDET = DetectionSettings.evaluation(Convention.EFFDET);
  private static final DetectionSettings GOOGLE = DetectionSettings.evaluation(Convention.GOOGLE);

  @Test
  void standsBesideWhatWasMeasured() {
    assertThat(PublishedFigure.beside("EfficientDet-D0", 0.3417, 5000, EFFDET))
        .contains(
            "AP 34.2 on 5000 pictures; published for tf_efficientdet_d0_34-f153e0cf.pth on the 5000"
                + " of val2017: 34.2");
    assertThat(PublishedFigure.beside("google-d7x", 0.5, 80, GOOGLE))
        .contains(
            "AP 50.0 on 80 pictures; published for efficientdet-d7x.tar.gz on the 5000 of val2017:"
                + " 54.4");
  }

  @Test
  void tellsOfAnotherPostProcessing() {
    assertThat(PublishedFigure.beside("lite0", 0.27, 80, GOOGLE).orElseThrow())
        .endsWith("val2017: 27.1, with --convention effdet");
    assertThat(PublishedFigure.beside("google-d0", 0.34, 80, GOOGLE.withGaussian(0)).orElseThrow())
        .endsWith("val2017: 34.3, with --convention google");
  }

  @Test
  void aModelOfOnesOwnHasNone() {
    assertThat(PublishedFigure.beside("mine.onnx", 0.3, 80, GOOGLE)).isEmpty();
    assertThat(PublishedFigure.beside("imagenet-b0", 0.3, 80, GOOGLE)).isEmpty();
  }
}
