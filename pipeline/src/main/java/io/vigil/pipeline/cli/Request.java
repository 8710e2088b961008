package io.vigil.pipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was asked of a run, kept in its folder so that it can go on; holds no secret, only the name
 * of the file that has them.
 *
 * @param id of the run, and the prefix of its Kafka transactions
 * @param files by stream id
 * @param sizes in bytes by stream id, to notice a file that changed
 * @param values by key of the configuration, as given
 * @param offsets where the run's events begin, by topic and partition
 */
record Request(
    String id,
    Map<String, String> files,
    Map<String, Long> sizes,
    Map<String, Object> values,
    Map<String, Map<Integer, Long>> offsets) {

  /** What may be given anew when a run goes on: nothing here changes an event. */
  private static final Set<String> FREE =
      Set.of(
          "batch.size",
          "batch.timeout",
          "model.threads",
          "model.device",
          "parallelism",
          "checkpoints.interval",
          "kafka.client-config",
          "kafka.bootstrap-servers");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static Request of(
      String id,
      Map<String, Path> files,
      Map<String, Object> values,
      Map<String, Map<Integer, Long>> offsets)
      throws IOException {
    var names = new LinkedHashMap<String, String>();
    var sizes = new LinkedHashMap<String, Long>();
    for (var file : files.entrySet()) {
      names.put(file.getKey(), file.getValue().toString());
      sizes.put(file.getKey(), Files.size(file.getValue()));
    }
    return new Request(id, names, sizes, values, offsets);
  }

  /** Written beside and moved, so that a crash leaves no half of it. */
  void write(Path file) throws IOException {
    var whole = file.resolveSibling(file.getFileName() + ".new");
    JSON.writeValue(whole.toFile(), this);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Request read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Request.class);
  }

  Map<String, Path> paths() {
    var paths = new LinkedHashMap<String, Path>();
    files.forEach((id, path) -> paths.put(id, Path.of(path)));
    return paths;
  }

  /**
   * The values to go on with: the run's own, with what was given anew and may be.
   *
   * @throws CommandException naming everything that was given and would change the run's events
   */
  Map<String, Object> resumedWith(Map<String, Object> given) {
    var problems = new ArrayList<String>();
    var resumed = new LinkedHashMap<>(values);
    for (var key : new TreeSet<>(given.keySet())) {
      if (FREE.contains(key) || String.valueOf(given.get(key)).equals(text(key))) {
        resumed.put(key, given.get(key));
      } else {
        problems.add(
            optionOf(key) + " " + given.get(key) + ": the run was started with " + told(key));
      }
    }
    problems.addAll(changedFiles());
    if (!problems.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--resume goes on with the run as it was started, so that its events belong together:"
              + "\n  "
              + String.join("\n  ", problems));
    }
    return resumed;
  }

  private List<String> changedFiles() {
    var problems = new ArrayList<String>();
    paths()
        .forEach(
            (id, path) -> {
              try {
                if (Files.size(path) != sizes.get(id)) {
                  problems.add(path + ": has changed since the run was started");
                }
              } catch (IOException e) {
                problems.add(path + ": is not there any more");
              }
            });
    return problems;
  }

  private String text(String key) {
    return String.valueOf(values.get(key));
  }

  private String told(String key) {
    return values.containsKey(key) ? text(key) : "the default";
  }

  private static String optionOf(String key) {
    return JobOptions.KEYS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(key))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(key);
  }
}
