package io.vigil.pipeline.job;

import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.config.Problem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * The video files that a command was given, each with its stream id.
 *
 * <p>The id is the file's name relative to what was asked for: of a file its name, in a folder or a
 * glob its path below the part that is fixed. Where two would be the same, those are told apart by
 * more of their path.
 *
 * @param files real file by stream id, in the order of the ids
 * @param problems what was asked for and is not there, a sentence each
 */
public record Inputs(Map<String, Path> files, List<String> problems) {

  private static final Set<String> VIDEO_ENDINGS =
      Set.of(
          "mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "mts", "m2ts", "mpg", "mpeg", "mjpeg",
          "mjpg", "flv", "wmv", "3gp", "ogv", "h264", "264", "h265", "265", "hevc");

  /**
   * Finds the files. In folders, files that do not end as videos do are passed over, and so is what
   * is hidden and what lies in {@code leftOut}.
   */
  public static Inputs find(List<String> asked, Path leftOut) {
    var search = new Search(leftOut.toAbsolutePath().normalize());
    asked.forEach(search::add);
    return new Inputs(withIds(search.found), List.copyOf(search.problems));
  }

  /**
   * @param broker what to say if the configuration names no Kafka
   * @throws ConfigException with all that a job that writes to a given Kafka lacks
   */
  public void requireWith(JobConfig config, String origin, String broker) {
    var missing = new ArrayList<Problem>();
    problems.forEach(problem -> missing.add(new Problem("source.files", problem)));
    if (config.kafka().bootstrapServers().isEmpty()) {
      missing.add(new Problem("kafka.bootstrap-servers", "is missing; " + broker));
    }
    if (!missing.isEmpty()) {
      throw new ConfigException(origin, missing);
    }
  }

  /** By real path: its id so far. A file that was asked for twice is there once. */
  private static Map<String, Path> withIds(Map<Path, String> found) {
    Map<String, List<Path>> byId =
        found.keySet().stream()
            .collect(Collectors.groupingBy(found::get, TreeMap::new, Collectors.toList()));
    var files = new TreeMap<String, Path>();
    byId.forEach(
        (id, paths) -> {
          var common = paths.size() == 1 ? null : commonFolder(paths);
          paths.forEach(
              path -> files.put(common == null ? id : unixName(common.relativize(path)), path));
        });
    return new LinkedHashMap<>(files);
  }

  private static Path commonFolder(List<Path> paths) {
    var common = paths.get(0).getParent();
    for (var path : paths) {
      while (!path.startsWith(common)) {
        common = common.getParent();
      }
    }
    return common;
  }

  private static String unixName(Path path) {
    return path.toString().replace('\\', '/');
  }

  /** One walk through what was asked for. */
  private static final class Search {
    private final Path leftOut;
    private final Map<Path, String> found = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Search(Path leftOut) {
      this.leftOut = leftOut;
    }

    void add(String asked) {
      try {
        var path = Path.of(asked);
        if (Files.isDirectory(path)) {
          addFolder(path);
        } else if (Files.exists(path) && !Files.isRegularFile(path)) {
          problems.add(
              asked
                  + ": is no regular file, and a pipe or a device cannot be read again after a"
                  + " failure; copy the video into a file");
        } else if (Files.exists(path)) {
          addFile(path, path.toAbsolutePath().getParent());
        } else if (isGlob(asked)) {
          addGlob(asked);
        } else {
          problems.add(asked + ": there is no such file or folder");
        }
      } catch (PatternSyntaxException e) {
        problems.add(
            asked
                + ": there is no such file, and as a glob it is not complete ("
                + e.getDescription()
                + ")");
      } catch (InvalidPathException e) {
        problems.add(asked + ": is no file's name (" + e.getReason() + ")");
      } catch (IOException e) {
        problems.add(asked + ": cannot be read (" + e + ")");
      }
    }

    private void addFolder(Path folder) throws IOException {
      int before = found.size();
      walk(folder, Inputs::endsAsVideo);
      if (found.size() == before) {
        problems.add(
            folder + ": no video in this folder (files that end in .mp4, .mkv, .ts and the like)");
      }
    }

    private void addGlob(String glob) throws IOException {
      var fixed = fixedFolder(glob);
      PathMatcher matcher =
          FileSystems.getDefault()
              .getPathMatcher("glob:" + Path.of(glob).toAbsolutePath().normalize());
      int before = found.size();
      if (Files.isDirectory(fixed)) {
        walk(fixed, file -> matcher.matches(file.toAbsolutePath().normalize()));
      }
      if (found.size() == before) {
        problems.add(glob + ": no file matches");
      }
    }

    private void walk(Path folder, Predicate<Path> wanted) throws IOException {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes)
                throws IOException {
              boolean passedOver =
                  !inner.equals(folder) && Files.isHidden(inner)
                      || inner.toAbsolutePath().normalize().equals(leftOut);
              return passedOver ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (!Files.isHidden(file) && Files.isRegularFile(file) && wanted.test(file)) {
                addFile(file, folder.toAbsolutePath());
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              problems.add(file + ": cannot be read (" + e + ")");
              return FileVisitResult.CONTINUE;
            }
          });
    }

    private void addFile(Path file, Path folder) throws IOException {
      found.putIfAbsent(file.toRealPath(), unixName(folder.relativize(file.toAbsolutePath())));
    }
  }

  private static boolean endsAsVideo(Path file) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return VIDEO_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static boolean isGlob(String text) {
    return text.chars().anyMatch(letter -> "*?[{".indexOf(letter) >= 0);
  }

  /** The folder above the first part of the glob that is not fixed. */
  private static Path fixedFolder(String glob) {
    var fixed = Path.of(glob).toAbsolutePath().normalize();
    while (isGlob(fixed.toString())) {
      fixed = fixed.getParent();
    }
    return fixed;
  }
}
