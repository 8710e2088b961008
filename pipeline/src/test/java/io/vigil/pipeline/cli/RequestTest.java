package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.pipeline.report.ReportRequest.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTest {
  @TempDir private Path folder;
  private Path video;
  private Request request;

  @BeforeEach
  void started() throws IOException {
    video = Files.writeString(folder.resolve("a.mp4"), "12345");
    request =
        Request.of(
            "vigil-1",
            plan(Map.of("detection.score", "0.5", "batch.size", "4")),
            "digest",
            Map.of("events", Map.of(0, 7L)));
  }

  @Test
  void comesBackAsItWas() throws IOException {
    var file = folder.resolve("request.json");
    StateFile.write(file, request);
    assertThat(StateFile.read(file, Request.class)).isEqualTo(request);
  }

  private DetectPlan plan(Map<String, Object> values) {
    return new DetectPlan(
        new RunDirectory(folder),
        values,
        JobOptions.read(values, List.of("a.mp4")),
        Map.of("a.mp4", video),
        List.of("b.mp4: there is no such file or folder"),
        new Extras(Set.of(Format.COCO, Format.MOT), false),
        Optional.empty());
  }

  @Test
  void takesAnewOnlyWhatChangesNoEvent() {
    assertThat(request.resumedWith(Map.of("batch.size", "8", "detection.score", "0.5")))
        .containsEntry("batch.size", "8")
        .containsEntry("detection.score", "0.5");
  }

  @Test
  void refusesWhatWouldMixTwoRuns() throws IOException {
    Files.writeString(video, "123456");
    assertThatThrownBy(
            () -> request.resumedWith(Map.of("detection.score", "0.3", "model.file", "d1")))
        .hasMessage(
            """
            --resume goes on with the run as it was started, so that its events belong together:
              --score 0.3: the run was started with 0.5
              --model d1: the run was started with the default
              %s: has changed since the run was started"""
                .formatted(video));
    Files.delete(video);
    assertThatThrownBy(() -> request.resumedWith(Map.of()))
        .hasMessageContaining(video + ": is not there any more");
  }
}
