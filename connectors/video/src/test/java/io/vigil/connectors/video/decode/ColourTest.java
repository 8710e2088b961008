package io.vigil.connectors.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigil.connectors.video.Clips;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColourTest {

  /** What was drawn, left to right. */
  private static final int[][] BARS = {
    {191, 191, 191}, {191, 191, 24}, {24, 191, 191}, {24, 191, 24},
    {191, 24, 191}, {191, 24, 24}, {24, 24, 191}, {24, 24, 24}
  };

  /** The encoder and 8 bits of YUV cost a level or two; a wrong matrix or range costs ten. */
  private static final int TOLERANCE = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bars_bt601.mp4",
        "bars_bt709.mp4",
        "bars_full.mp4",
        "bars_bt2020.mp4",
        "bars_untagged_sd.mp4",
        "bars_untagged_hd.mp4"
      })
  void coloursComeOutAsTheyWereDrawn(String clip) throws VideoException {
    try (var decoder = VideoDecoder.open(Clips.variant(clip), 1)) {
      decoder.next();
      var rgb = decoder.picture();
      int width = decoder.frame().width();
      int y = decoder.frame().height() / 2;
      for (int bar = 0; bar < BARS.length; bar++) {
        int x = (2 * bar + 1) * width / (2 * BARS.length);
        for (int channel = 0; channel < 3; channel++) {
          assertThat(rgb[3 * (y * width + x) + channel] & 0xff)
              .as("bar %d, channel %d", bar, channel)
              .isCloseTo(BARS[bar][channel], within(TOLERANCE));
        }
      }
    }
  }

  @Test
  void whatTheStreamDoesNotSayFollowsFromItsSizeAndFormat() {
    int unsaid = avutil.AVCOL_SPC_UNSPECIFIED;
    int noRange = avutil.AVCOL_RANGE_UNSPECIFIED;
    int yuv = avutil.AV_PIX_FMT_YUV420P;
    assertThat(ColourSpace.of(unsaid, noRange, yuv, 1279, 719))
        .isEqualTo(new ColourSpace(avutil.AVCOL_SPC_SMPTE170M, false));
    assertThat(ColourSpace.of(unsaid, noRange, yuv, 1280, 544))
        .isEqualTo(new ColourSpace(avutil.AVCOL_SPC_BT709, false));
    assertThat(ColourSpace.of(unsaid, noRange, yuv, 720, 1280))
        .isEqualTo(new ColourSpace(avutil.AVCOL_SPC_BT709, false));
    assertThat(ColourSpace.of(unsaid, noRange, avutil.AV_PIX_FMT_YUVJ420P, 640, 480))
        .isEqualTo(new ColourSpace(avutil.AVCOL_SPC_SMPTE170M, true));
    assertThat(ColourSpace.of(avutil.AVCOL_SPC_YCGCO, noRange, yuv, 640, 480))
        .isEqualTo(new ColourSpace(avutil.AVCOL_SPC_SMPTE170M, false));
  }
}
