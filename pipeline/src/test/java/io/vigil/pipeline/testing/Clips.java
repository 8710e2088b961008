package io.vigil.pipeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The clips that the project draws. */
public final class Clips {

  private static final Path FOLDER = Path.of("..", "test-videos", "variants");

  private Clips() {}

  public static Path variant(String name) {
    return FOLDER.resolve(name);
  }

  /** The large one; of 120 frames. */
  public static Path street() {
    return Path.of("..", "test-videos", "street.mp4");
  }

  /** Frames of a variant, as they were counted when it was drawn. */
  public static int frames(String name) {
    try (var lines = Files.lines(FOLDER.resolve("index.tsv"))) {
      return lines
          .map(line -> line.split("\t"))
          .filter(fields -> fields[0].equals(name))
          .mapToInt(fields -> Integer.parseInt(fields[1]))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
