package io.vigil.pipeline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.testing.Clips;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineBenchTest {

  @Test
  void playsTheClipUntilThereAreEnoughFramesAndTellsEveryStage(@TempDir Path folder)
      throws Exception {
    var model = ModelFiles.resolve("d0", folder);
    var detector = DetectorSettings.onCpu(model.path());
    var clip = Clips.variant("bars_bt601.mp4");
    var batching = BatchSettings.of(3, Duration.ofMillis(50)).withConcurrent(2).withPadded(true);
    var said = new StringWriter();
    double ratio =
        new PipelineBench(detector, model.metadata(), clip, 5, batching, 1, folder)
            .run(new PrintWriter(said));
    assertThat(ratio).isPositive();
    assertThat(said.toString())
        .containsPattern("round 1: 8 frames: network alone [\\d.]+ ms a frame, pipeline")
        .contains("decode", "letterbox", "inference", "serialise and send")
        .contains("pipeline over network alone, batch 3");
  }
}
