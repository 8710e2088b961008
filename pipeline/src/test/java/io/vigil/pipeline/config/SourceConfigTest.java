package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.video.Mask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceConfigTest {

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").source())
        .isEqualTo(
            new SourceConfig(
                List.of("a.mp4"), Duration.ZERO, Optional.empty(), Optional.empty(), List.of()));
  }

  @Test
  void everyKey() {
    var config =
        Yaml.read(
            """
            version: 1
            source:
              files: [a.mp4, "clips/*.ts"]
              start: 1:30
              end: 2m
              fps: 12.5
              masks: [[[0, 0], [0.5, 0], [0.5, 1]]]
            """,
            Map.of());
    assertThat(config.source())
        .isEqualTo(
            new SourceConfig(
                List.of("a.mp4", "clips/*.ts"),
                Duration.ofSeconds(90),
                Optional.of(Duration.ofMinutes(2)),
                Optional.of(12.5),
                List.of(
                    new Mask(
                        List.of(
                            new Mask.Corner(0, 0),
                            new Mask.Corner(0.5, 0),
                            new Mask.Corner(0.5, 1))))));
  }

  @Test
  void refuses() {
    assertThat(
            Yaml.problems(
                """
                version: 1
                source:
                  files: []
                  start: 10s
                  end: 5
                  fps: 0
                  strat: 1s
                """))
        .containsExactly(
            "source.files: at least one video file, folder or glob is needed",
            "source.fps: 0: must be a number from 0.001 to 1000"
                + " (most frames a second of video to look at)",
            "source.end: 5: must be after the start, 10.0 s",
            "source.strat: no such key. Did you mean start? Here are: files, start, end, fps, masks.");
  }
}
