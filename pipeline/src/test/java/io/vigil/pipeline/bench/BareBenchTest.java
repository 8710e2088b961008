package io.vigil.pipeline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.pipeline.testing.Clips;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareBenchTest {

  @Test
  void runsAtLeastTheFramesAskedForAndTellsEveryStage(@TempDir Path folder) throws Exception {
    var said = new StringWriter();
    double ratio =
        new BareBench(Clips.variant("closed_gop_h264.mp4"), 100, 1, folder)
            .run(new PrintWriter(said));
    assertThat(ratio).isPositive();
    assertThat(said.toString())
        .containsPattern("pipeline, \\d{3,} frames")
        .contains("ffmpeg as bundled")
        .contains("decode", "letterbox", "batch wait", "inference", "post-processing", "queue")
        .contains("serialise and send")
        .containsPattern(
            "ffmpeg as bundled, decoding on the GPU: \\d+ frames/s|libcuda|libnvcuvid");
  }

  @Test
  void refusesToMeasureNothing(@TempDir Path folder) {
    var none = new BareBench(folder.resolve("none.mp4"), 100, 1, folder);
    assertThatThrownBy(() -> none.run(new PrintWriter(new StringWriter())))
        .hasMessageContaining("none.mp4");
  }
}
