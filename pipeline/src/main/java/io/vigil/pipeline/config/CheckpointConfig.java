package io.vigil.pipeline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How often the job's position is kept, and where. With exactly-once delivery events become visible
 * to consumers at a checkpoint, so the interval is also their longest delay.
 *
 * @param interval between two checkpoints
 * @param directory a URI, of a folder where a path was written, that every task manager can reach;
 *     empty leaves it to the cluster
 * @param mode how barriers travel; only aligned is taken
 */
public record CheckpointConfig(Duration interval, Optional<String> directory, Mode mode) {

  /** How checkpoint barriers travel. */
  public enum Mode {
    ALIGNED,
    UNALIGNED
  }

  static CheckpointConfig read(Section section) {
    var config =
        new CheckpointConfig(
            section.duration(
                "interval",
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                "time between two checkpoints"),
            section.text("directory", "where checkpoints are kept").map(CheckpointConfig::uri),
            section.choice("mode", Mode.ALIGNED, "how checkpoint barriers travel"));
    if (config.mode == Mode.UNALIGNED) {
      section.refuse(
          "mode",
          "unaligned checkpoints would store every frame in flight, over half a megabyte each;"
              + " use aligned, which finishes those frames first and stays in kilobytes");
    }
    section.refuseUnknown();
    return config;
  }

  /** Flink takes URIs alone. */
  private static String uri(String place) {
    return place.contains(":/")
        ? place
        : Path.of(place).toAbsolutePath().normalize().toUri().toString();
  }
}
