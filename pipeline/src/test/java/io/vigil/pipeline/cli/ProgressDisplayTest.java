package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private static final long SECOND = 1_000_000_000L;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void changesOneLineOnATerminal() {
    var display = new ProgressDisplay(console(true), 10);
    display.update(0, 0, 0);
    display.update(SECOND, 4, 1);
    display.end();
    assertThat(text().lines().count()).isEqualTo(4);
    assertThat(text().split("\r")[2]).startsWith("4 of 10 frames  4.0 frames/s  1 detections");
    assertThat(text()).doesNotContain("\n").endsWith("\r");
  }

  @Test
  void writesALineEveryFewSecondsElsewhere() {
    var display = new ProgressDisplay(console(false), 100);
    for (int second = 1; second <= 12; second++) {
      display.update(second * SECOND, second, 0);
    }
    display.end();
    assertThat(text().lines())
        .containsExactly(
            "2 of 100 frames  1.0 frames/s  0 detections  1 min 38 s left",
            "7 of 100 frames  1.0 frames/s  0 detections  1 min 33 s left",
            "12 of 100 frames  1.0 frames/s  0 detections  1 min 28 s left");
  }

  @Test
  void leavesTheTimeBeforeTheFirstFrameOutOfTheRate() {
    var display = new ProgressDisplay(console(false), 0);
    display.update(0, 7, 0);
    display.update(60 * SECOND, 7, 0);
    display.update(61 * SECOND, 9, 0);
    assertThat(text()).isEqualTo("9 frames  2.0 frames/s  0 detections\n");
  }

  private Console console(boolean terminal) {
    var stream = new PrintStream(written, true, StandardCharsets.UTF_8);
    return new Console(stream, stream, terminal);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
