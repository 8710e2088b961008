package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigil.connectors.frames.record.FrameLimits;
import io.vigil.connectors.frames.source.StartAt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramesConfigTest {
  @TempDir private Path folder;

  private JobConfig read(String yaml) throws Exception {
    var file = folder.resolve("job.yaml");
    Files.writeString(file, "version: 1\n" + yaml);
    return JobConfig.fromYaml(file, Map.of());
  }

  @Test
  void hasDefaults() throws Exception {
    var config = read("frames: {topic: pictures}");
    assertThat(config.frames())
        .contains(
            new FramesConfig("pictures", StartAt.EARLIEST, "pictures-dead", FrameLimits.USUAL));
    assertThat(config.kafka().delivery()).isEqualTo(KafkaConfig.Delivery.EXACTLY_ONCE);
    assertThat(config.endsByItself()).isFalse();
  }

  @Test
  void readsEveryKey() throws Exception {
    var config =
        read(
            """
            frames:
              topic: pictures
              from: latest
              dead-letter-topic: refused
              max-bytes: 1000
              max-pixels: 2000
            """);
    assertThat(config.frames())
        .contains(
            new FramesConfig("pictures", StartAt.LATEST, "refused", new FrameLimits(1000, 2000)));
  }

  @Test
  void refusesAllAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    frames:
                      from: newest
                      dead-letter-topic: frames
                      max-bytes: 0
                      max-pixel: 1
                    source:
                      files: [a.mp4]
                    cameras:
                      gate: {url: "rtsp://host/"}
                    """))
        .hasMessageContaining("frames.topic: is missing; name the topic that the frames are on")
        .hasMessageContaining("frames.from: newest: must be one of earliest, latest")
        .hasMessageContaining(
            "frames.dead-letter-topic: frames: must be another topic than that of the frames")
        .hasMessageContaining("frames.max-bytes: 0: must be a whole number from 1 to")
        .hasMessageContaining("frames.max-pixel: no such key. Did you mean max-pixels?")
        .hasMessageContaining(
            "frames: there are cameras too, and a job looks at one or the other; make two")
        .hasMessageContaining("source: is for files, and there are frames");
  }

  @Test
  void jobsOfOtherTopicsHaveOtherNames() throws Exception {
    assertThat(read("frames: {topic: a}").name()).isNotEqualTo(read("frames: {topic: b}").name());
  }
}
