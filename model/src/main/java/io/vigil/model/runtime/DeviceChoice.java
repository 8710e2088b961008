package io.vigil.model.runtime;

import io.vigil.model.config.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a network is to run on. */
public enum DeviceChoice {
  CPU,
  /** The NVIDIA GPU that was given to the process, else the first; it fails without one. */
  GPU,
  /** The GPU that was given to the process; else the first that works; else the CPU. */
  AUTO;

  /**
   * @param name {@code cpu}, {@code gpu} or {@code auto}
   * @throws IllegalArgumentException if it is none of these; the message names them and the nearest
   */
  public static DeviceChoice of(String name) {
    return Arrays.stream(values())
        .filter(choice -> choice.toString().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /** What this becomes on this machine: {@code AUTO} is one of the others. Loads ONNX Runtime. */
  public DeviceChoice here() {
    if (this != AUTO) {
      return this;
    }
    return OnnxRuntime.gpuProblem().isEmpty() ? GPU : CPU;
  }

  /** Why the first GPU of this machine cannot be used; empty if it can. Loads ONNX Runtime. */
  public static Optional<String> gpuProblem() {
    return OnnxRuntime.gpuProblem();
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> known = Arrays.stream(values()).map(DeviceChoice::toString).toList();
    String message = "Unknown device '%s'; known are %s.".formatted(name, String.join(", ", known));
    return new IllegalArgumentException(
        Suggestion.nearest(name, known)
            .map(nearest -> message + " Did you mean '" + nearest + "'?")
            .orElse(message));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
