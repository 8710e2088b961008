package io.vigil.pipeline.job;

import java.nio.file.Path;
import java.util.Optional;

/** Where Vigil keeps what it makes for itself on this machine. */
public final class Places {
  private Places() {}

  /** Models that were made from a level's name. */
  public static Path models() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("vigil")
        .resolve("models");
  }
}
