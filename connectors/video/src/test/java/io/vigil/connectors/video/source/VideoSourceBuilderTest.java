package io.vigil.connectors.video.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VideoSourceBuilderTest {

  @Test
  void tellsAllThatIsWrongAtOnce() {
    var builder =
        VideoSource.builder()
            .addFile("a", Path.of("a.mp4"))
            .addFile("a", Path.of("b.mp4"))
            .setSamplingRate(0)
            .setStart(Duration.ofSeconds(5))
            .setEnd(Duration.ofMillis(4500));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "VideoSource: stream id a is used twice; give each file its own;"
                + " no letterbox; call setLetterbox;"
                + " sampling rate is 0.0, but must be above 0;"
                + " end is 4.5 s, but must be after the start, 5.0 s");
  }

  @Test
  void wantsAFile() {
    assertThatThrownBy(() -> VideoSource.builder().build())
        .hasMessageContaining("no file; add at least one with addFile");
  }
}
