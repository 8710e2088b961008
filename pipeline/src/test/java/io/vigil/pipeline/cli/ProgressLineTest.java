package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLineTest {

  @Test
  void tellsFramesRateDetectionsAndTimeLeft() {
    assertThat(new ProgressLine(1420, 25000, 31, 17.25))
        .hasToString("1,420 of 25,000 frames  17.3 frames/s  31 detections  22 min 46 s left");
    assertThat(new ProgressLine(50, 100, 0, 10))
        .hasToString("50 of 100 frames  10.0 frames/s  0 detections  5 s left");
    assertThat(new ProgressLine(1, 1_000_000, 0, 10)).asString().endsWith("27 h 46 min left");
  }

  @Test
  void tellsNoTimeWhereItKnowsNone() {
    assertThat(new ProgressLine(7, 0, 2, 3)).hasToString("7 frames  3.0 frames/s  2 detections");
    assertThat(new ProgressLine(0, 10, 0, 0)).hasToString("0 of 10 frames  0 detections");
    assertThat(new ProgressLine(11, 10, 0, 2)).asString().doesNotContain("left");
  }
}
