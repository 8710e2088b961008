package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Reads configurations that stand in a test. */
final class Yaml {
  private static final String LEAST = "version: 1\nsource:\n  files: [a.mp4]\n";

  private Yaml() {}

  /** The least that is accepted, and what is added to it. */
  static JobConfig withAdded(String yaml) {
    return read(LEAST + yaml, Map.of());
  }

  static JobConfig read(String yaml, Map<String, String> environment) {
    try {
      var file = Files.createTempFile("job", ".yaml");
      try {
        return JobConfig.fromYaml(Files.writeString(file, yaml), environment);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The problems of the least that is accepted, and what is added to it. */
  static List<String> problemsWithAdded(String yaml) {
    return problems(LEAST + yaml);
  }

  static List<String> problems(String yaml) {
    var thrown =
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> read(yaml, Map.of()));
    return thrown.actual().problems().stream().map(Problem::toString).toList();
  }
}
