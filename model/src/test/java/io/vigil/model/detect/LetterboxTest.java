package io.vigil.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {

  /** The geometry of golden/preprocess.json. */
  @ParameterizedTest
  @CsvSource({
    "640, 480, 512, 384, 1.24999998, 512, 384, 1.25",
    "500, 333, 512, 340, 0.976562454, 512, 340, 0.9765625",
    "333, 500, 340, 512, 0.976562454, 340, 512, 0.9765625",
    "512, 512, 512, 512, 1, 512, 512, 1",
    "100, 60, 512, 307, 0.195312504, 512, 307, 0.1953125",
    "1920, 1080, 512, 288, 3.7499998, 512, 288, 3.75"
  })
  void fitsAsTheReferencesDo(
      int width,
      int height,
      int googleWidth,
      int googleHeight,
      double googleScale,
      int otherWidth,
      int otherHeight,
      double effdetScale) {
    var google = Letterbox.of(width, height, 512, 128, true);
    assertThat(google.scaledWidth()).isEqualTo(googleWidth);
    assertThat(google.scaledHeight()).isEqualTo(googleHeight);
    assertThat(google.xScale()).isCloseTo(googleScale, within(googleScale * 4e-9));
    assertThat(google.yScale()).isEqualTo(google.xScale());

    var zylo = Letterbox.of(width, height, 512, 128, true, Convention.ZYLO117);
    assertThat(zylo.scaledWidth()).isEqualTo(otherWidth);
    assertThat(zylo.scaledHeight()).isEqualTo(otherHeight);
    assertThat(zylo.xScale()).isEqualTo((double) width / otherWidth);
    assertThat(zylo.yScale()).isEqualTo((double) height / otherHeight);

    var effdet = Letterbox.of(width, height, 512, 128, true, Convention.EFFDET);
    assertThat(effdet.scaledWidth()).isEqualTo(otherWidth);
    assertThat(effdet.scaledHeight()).isEqualTo(otherHeight);
    assertThat(effdet.xScale()).isEqualTo(effdetScale);
  }

  @ParameterizedTest
  @CsvSource({
    "1920, 1080, 512, 128, 512, 384",
    "1080, 1920, 512, 128, 384, 512",
    "640, 640, 512, 128, 512, 512",
    "1281, 721, 768, 128, 768, 512",
    "1920, 1080, 1536, 256, 1536, 1024",
    "1920, 1080, 320, 128, 384, 256",
    "1, 1, 512, 128, 512, 512",
    "10000, 1, 512, 128, 512, 128",
    "1, 10000, 512, 128, 128, 512"
  })
  void padsEachSideToTheNextMultipleOnly(
      int width, int height, int resolution, int multiple, int paddedWidth, int paddedHeight) {
    var letterbox = Letterbox.of(width, height, resolution, multiple, false);
    assertThat(letterbox.width()).isEqualTo(paddedWidth);
    assertThat(letterbox.height()).isEqualTo(paddedHeight);
    assertThat(letterbox.scaledWidth()).isBetween(1, paddedWidth);
    assertThat(letterbox.scaledHeight()).isBetween(1, paddedHeight);
  }

  @Test
  void squareIsTheReferencesOwnShape() {
    assertThat(Letterbox.of(1920, 1080, 320, 128, true))
        .returns(320, Letterbox::width)
        .returns(320, Letterbox::height);
  }

  /** Every source size up to 700 and some large ones: nothing is 0, nothing leaves its frame. */
  @Test
  void everySizeFitsAndComesBack() {
    for (int width = 1; width <= 2600; width += width < 700 ? 7 : 97) {
      for (int height = 1; height <= 2600; height += height < 700 ? 7 : 97) {
        for (var convention : Convention.values()) {
          comesBack(Letterbox.of(width, height, 512, 128, false, convention));
        }
      }
    }
  }

  private static void comesBack(Letterbox letterbox) {
    assertThat(letterbox.scaledWidth()).isBetween(1, letterbox.width());
    assertThat(letterbox.scaledHeight()).isBetween(1, letterbox.height());
    assertThat(letterbox.width()).isIn(128, 256, 384, 512);
    assertThat(Math.max(letterbox.scaledWidth(), letterbox.scaledHeight())).isBetween(511, 512);
    assertThat(letterbox.sourceX(0)).isZero();
    assertThat(letterbox.sourceX(letterbox.width() + 1e6)).isEqualTo(letterbox.sourceWidth());
    assertThat(letterbox.sourceY(letterbox.height() + 1e6)).isEqualTo(letterbox.sourceHeight());
    assertThat(letterbox.sourceY(-3)).isZero();
    double centre = letterbox.sourceWidth() / 2.0;
    assertThat(letterbox.sourceX(centre / letterbox.xScale())).isCloseTo(centre, within(1e-9));
    double lostByTruncation = 2 * letterbox.xScale();
    assertThat(letterbox.sourceX(letterbox.scaledWidth()))
        .isCloseTo(letterbox.sourceWidth(), within(lostByTruncation));
  }

  @Test
  void refusesAnEmptyPicture() {
    assertThatThrownBy(() -> Letterbox.of(640, 0, 512, 128, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Letterbox: source height is 0, but must be at least 1 pixel");
  }
}
