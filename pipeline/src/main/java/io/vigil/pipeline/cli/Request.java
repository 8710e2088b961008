package io.vigil.pipeline.cli;

import io.vigil.model.runtime.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param problems of what was asked for and was not there
 * @param extras what is made beside the events
 * @param model digest of the model file
 * @param offsets where the run's events begin, by topic and partition
 */
record Request(
    String id,
    Map<String, String> files,
    Map<String, Long> sizes,
    Map<String, Object> values,
    List<String> problems,
    Extras extras,
    String model,
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

  static Request of(
      String id, DetectPlan plan, String model, Map<String, Map<Integer, Long>> offsets)
      throws IOException {
    var names = new LinkedHashMap<String, String>();
    var sizes = new LinkedHashMap<String, Long>();
    for (var file : plan.files().entrySet()) {
      names.put(file.getKey(), file.getValue().toString());
      sizes.put(file.getKey(), Files.size(file.getValue()));
    }
    return new Request(
        id, names, sizes, plan.values(), plan.problems(), plan.extras(), model, offsets);
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
            JobOptions.OPTIONS.get(key)
                + " "
                + given.get(key)
                + ": the run was started with "
                + told(key));
      }
    }
    problems.addAll(changedFiles());
    requireNone(problems);
    return resumed;
  }

  /**
   * @throws CommandException if it is another one than the run's
   */
  ModelFiles.Resolved requireSame(ModelFiles.Resolved found) {
    requireNone(
        found.metadata().digest().equals(model)
            ? List.of()
            : List.of(found.path() + ": has changed since the run was started"));
    return found;
  }

  private static void requireNone(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--resume goes on with the run as it was started, so that its events belong together:"
              + "\n  "
              + String.join("\n  ", problems));
    }
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
}
