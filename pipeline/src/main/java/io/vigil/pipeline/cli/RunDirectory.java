package io.vigil.pipeline.cli;

import io.vigil.pipeline.report.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;

/**
 * The folder of one run: its results and, until it is finished, under {@code .vigil} what is needed
 * to go on: the broker's data, checkpoints, the log, and what was asked for. Two runs never share
 * one.
 *
 * @param path of the folder
 */
record RunDirectory(Path path) {
  private static final String STATE = ".vigil";

  /** The folder that the user named, for a new run. */
  static RunDirectory newAt(Path asked) {
    var directory = new RunDirectory(asked);
    if (Files.exists(asked) && !Files.isDirectory(asked)) {
      throw refused(asked, "is a file; --out names a folder");
    }
    if (directory.isUnfinished()) {
      throw refused(
          asked, "holds a run that was interrupted; go on with --resume, or name another folder");
    }
    if (Files.exists(directory.events())) {
      throw refused(
          asked, "holds the results of a run; name another folder, or remove that one first");
    }
    return directory;
  }

  /** A folder that is not there yet: {@code NAME}, {@code NAME-2} and so on. */
  static RunDirectory newBelow(Path parent, String name) {
    for (int number = 1; ; number++) {
      var path = parent.resolve(number == 1 ? name : name + "-" + number);
      if (!Files.exists(path)) {
        return new RunDirectory(path);
      }
    }
  }

  /** The folder that the user named, of a run that was interrupted. */
  static RunDirectory unfinishedAt(Path asked) {
    var directory = new RunDirectory(asked);
    if (!directory.isUnfinished()) {
      throw refused(
          asked,
          Files.exists(directory.events())
              ? "holds a finished run; there is nothing to resume"
              : "holds no run that could be resumed");
    }
    return directory;
  }

  /** The latest of the interrupted runs below a folder. */
  static Optional<RunDirectory> unfinishedBelow(Path parent) {
    if (!Files.isDirectory(parent)) {
      return Optional.empty();
    }
    try (var folders = Files.list(parent)) {
      return folders
          .map(RunDirectory::new)
          .filter(RunDirectory::isUnfinished)
          .max(Comparator.comparing(directory -> modified(directory.request())));
    } catch (IOException e) {
      throw new UncheckedIOException(parent + " cannot be read", e);
    }
  }

  boolean isUnfinished() {
    return Files.exists(request());
  }

  Path events() {
    return path.resolve("events.jsonl");
  }

  /** What was asked for; there as long as the run is not finished. */
  Path request() {
    return state().resolve("request.json");
  }

  /** What the run has come to, there when all its events are committed. */
  Path detected() {
    return state().resolve("detected.json");
  }

  /** What an earlier part of the run has come to, if only pictures are left to draw. */
  Optional<Detected> earlierDetected() throws IOException {
    return Files.exists(detected())
        ? Optional.of(StateFile.read(detected(), Detected.class))
        : Optional.empty();
  }

  Path broker() {
    return state().resolve("broker");
  }

  Path checkpoints() {
    return state().resolve("checkpoints");
  }

  Path log() {
    return state().resolve("vigil.log");
  }

  Path state() {
    return path.resolve(STATE);
  }

  /** The latest complete checkpoint or savepoint of this run. */
  Optional<Path> latestCheckpoint() {
    if (!Files.isDirectory(checkpoints())) {
      return Optional.empty();
    }
    try (var files = Files.walk(checkpoints())) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparing(RunDirectory::modified))
          .map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException(checkpoints() + " cannot be read", e);
    }
  }

  /** Leaves no trace of a run that came to nothing before it was started. */
  void removeIfNothingStarted() throws IOException {
    if (Files.isDirectory(path) && !isUnfinished() && !Files.exists(events())) {
      TemporaryFolder.remove(state());
      try {
        Files.deleteIfExists(path);
      } catch (DirectoryNotEmptyException e) {
        // it was there before, with other things in it
        return;
      }
    }
  }

  /** Removes what was needed to go on: the run is finished. */
  void finish() throws IOException {
    Files.deleteIfExists(request());
    TemporaryFolder.remove(state());
  }

  /**
   * This, when the folder is there.
   *
   * @throws CommandException if it cannot be made or written to
   */
  RunDirectory made() {
    try {
      Files.createDirectories(state());
      Files.delete(Files.createTempFile(state(), "probe", ""));
      return this;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * From now on the run can be resumed.
   *
   * @throws CommandException if that cannot be written
   */
  void begin(Request request) {
    try {
      StateFile.write(request(), request);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private CommandException unwritable(IOException e) {
    return new CommandException(
        ExitCode.FAILED,
        "--out %s: cannot be written to (%s); name another folder"
            .formatted(path, FileProblem.reason(e)),
        e);
  }

  private static CommandException refused(Path path, String problem) {
    return new CommandException(ExitCode.USAGE, "--out " + path + ": " + problem);
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
