package io.vigil.model.train;

import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.WholeFile;
import io.vigil.model.weights.safetensors.SafetensorsFile;
import io.vigil.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of a run in a file (safetensors). A run that goes on from it does what one that was
 * never interrupted does, to the bit on one type of CPU with the same number of threads.
 *
 * @param state weights, velocities, average and steps
 * @param run what the run was told, by name; a resumed one must be told the same
 */
public record Checkpoint(TrainingState state, SortedMap<String, String> run) {
  private static final String STEPS = "vigil.training.steps";
  private static final String RUN = "vigil.training.run.";

  /**
   * Replaces the file as a whole: where it cannot be written, the one before stays.
   *
   * @throws TrainingException if it cannot
   */
  public void write(Path file) {
    var metadata = new TreeMap<String, String>();
    metadata.put(STEPS, Long.toString(state.steps()));
    run.forEach((key, value) -> metadata.put(RUN + key, value));
    try {
      WholeFile.write(file, out -> SafetensorsWriter.write(out, state.tensors(), metadata));
    } catch (IOException failure) {
      throw new TrainingException(
          "The checkpoint %s cannot be written (%s). %s"
              .formatted(file, failure.getMessage(), wayOut(file)),
          failure);
    }
  }

  private static String wayOut(Path file) {
    return Files.exists(file)
        ? "The one before it is untouched: make room and go on with --resume."
        : "There is none before it: make room and start again.";
  }

  /**
   * @param run what the run is told now
   * @throws TrainingException if the file is none, or of a run that was told otherwise; it names
   *     all that differs
   */
  public static Checkpoint read(Path path, EfficientDetConfig config, Map<String, String> run) {
    try (var file = SafetensorsFile.open(path)) {
      var steps = file.metadata().get(STEPS);
      if (steps == null) {
        throw new TrainingException(
            path
                + " holds weights, but no checkpoint of a training: start from it with --weights.");
      }
      var told = told(file.metadata());
      requireSame(path, told, run);
      var tensors = file.read(file.shapes().keySet());
      return new Checkpoint(TrainingState.of(config, tensors, Long.parseLong(steps)), told);
    } catch (WeightsException damaged) {
      throw new TrainingException(
          "The checkpoint cannot be read: " + damaged.getMessage(), damaged);
    }
  }

  private static SortedMap<String, String> told(Map<String, String> metadata) {
    var told = new TreeMap<String, String>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(RUN)) {
            told.put(key.substring(RUN.length()), value);
          }
        });
    return told;
  }

  private static void requireSame(Path path, Map<String, String> told, Map<String, String> run) {
    var differing = new TreeMap<String, String>();
    var keys = new TreeSet<>(told.keySet());
    keys.addAll(run.keySet());
    for (var key : keys) {
      if (!Objects.equals(told.get(key), run.get(key))) {
        differing.put(key, "%s was %s and is %s".formatted(key, value(told, key), value(run, key)));
      }
    }
    if (!differing.isEmpty()) {
      throw new TrainingException(
          "%s is of a run that was told otherwise: %s. Resume with the same options, or start anew in another folder from its weights (--weights)."
              .formatted(path, String.join("; ", differing.values())));
    }
  }

  private static String value(Map<String, String> told, String key) {
    return told.getOrDefault(key, "not given");
  }
}
