package io.vigil.model.runtime;

import java.io.Serializable;

/**
 * How a GPU is used, where one is.
 *
 * @param index as CUDA counts the GPUs that the process sees
 * @param assigned whether that one was given to the process by who shares them out, so that a
 *     network that runs elsewhere wastes it
 * @param memory bytes that the network's arena may take there; 0 for no limit. CUDA's own context
 *     and libraries, some hundred megabytes, come on top
 * @param cpuInstead whether the CPU may take the place of a GPU that was asked for or assigned
 * @param arithmetic how it computes
 */
public record GpuSettings(
    int index, boolean assigned, long memory, boolean cpuInstead, GpuArithmetic arithmetic)
    implements Serializable {

  /** The first, all of its memory, as fast as it can, and no other device in its place. */
  public static final GpuSettings FIRST = new GpuSettings(0, false, 0, false, GpuArithmetic.FAST);

  public GpuSettings {
    if (index < 0 || memory < 0) {
      throw new IllegalArgumentException(
          "index is %d and memory is %d; both are 0 or more.".formatted(index, memory));
    }
  }

  /** The same of a GPU that was given to the process. */
  public GpuSettings assigned(int given) {
    return new GpuSettings(given, true, memory, cpuInstead, arithmetic);
  }

  /** The same, computed otherwise. */
  public GpuSettings withArithmetic(GpuArithmetic other) {
    return new GpuSettings(index, assigned, memory, cpuInstead, other);
  }
}
