package io.vigil.pipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders that Flink wrote checkpoints or savepoints to. */
final class Checkpoints {
  /** Written last, so it is in whole ones only. */
  private static final String METADATA = "_metadata";

  private Checkpoints() {}

  /**
   * @param place a checkpoint's folder, or the metadata file in it
   * @throws CommandException if it was not finished; names the newest beside it that was
   */
  static void requireWhole(Path place) {
    if (Files.isDirectory(place) && !isWhole(place)) {
      var hint =
          newestBeside(place)
              .map(whole -> "; the newest whole one beside it is " + whole)
              .orElse("; there is no whole one beside it");
      throw new CommandException(
          ExitCode.USAGE,
          "--from %s: this checkpoint was not finished (it has no %s)%s"
              .formatted(place, METADATA, hint));
    }
  }

  private static boolean isWhole(Path folder) {
    return Files.isRegularFile(folder.resolve(METADATA));
  }

  /** In the folder itself, too: a job's folder holds its checkpoints. */
  private static Optional<Path> newestBeside(Path place) {
    try (var inside = Files.walk(place, 1);
        var beside = Files.walk(place.toAbsolutePath().getParent(), 1)) {
      return Stream.concat(inside, beside)
          .filter(Checkpoints::isWhole)
          .max(Comparator.comparing(folder -> folder.resolve(METADATA).toFile().lastModified()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
