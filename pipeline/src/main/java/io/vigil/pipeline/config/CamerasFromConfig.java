package io.vigil.pipeline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where cameras that come and go are named; one of the two.
 *
 * @param file of cameras, each below its id; on the machine of the job manager
 * @param interval between two looks at the file
 * @param topic on the job's Kafka: keys are ids, values are definitions, null takes one away
 * @param credentials references that these cameras may name; one that ends in {@code *} stands for
 *     all that begin so
 */
public record CamerasFromConfig(
    Optional<String> file, Duration interval, Optional<String> topic, List<String> credentials) {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(100);

  public CamerasFromConfig {
    credentials = List.copyOf(credentials);
  }

  static Optional<CamerasFromConfig> read(Section root) {
    if (!root.has("cameras-from")) {
      root.value("cameras-from");
      return Optional.empty();
    }
    var section = root.section("cameras-from", "where cameras that come and go are named");
    var config =
        new CamerasFromConfig(
            section
                .text("file", "a file of cameras, each below its id")
                .map(file -> Path.of(file).toAbsolutePath().normalize().toString()),
            section.duration("interval", LOOK, SHORTEST, "between two looks at the file"),
            KafkaConfig.topic(section, "topic"),
            section.texts("credentials", "references that these cameras may name"));
    if (config.file.isPresent() == config.topic.isPresent()) {
      section.refuse("needs a file or a topic, and one of them only");
    }
    for (var reference : config.credentials) {
      if (!reference.matches("(env|file):.+")) {
        section.refuse(
            "credentials",
            "are references, env:NAME or file:PATH, with * at the end for all that begin so");
      }
    }
    section.refuseUnknown();
    return Optional.of(config);
  }

  /** What people call it; empty if neither was named, which is refused. */
  public String name() {
    return topic.or(() -> file).orElse("");
  }
}
