package io.vigil.pipeline.config;

import io.vigil.model.runtime.DefaultModel;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.model.runtime.GpuArithmetic;

/**
 * The network and where it runs.
 *
 * @param file a model file, or a name such as {@code d0}; {@code drawn} comes with Vigil
 * @param device where it runs
 * @param threads threads of the network on a CPU; 0 takes every core
 * @param gpuMemory bytes of a GPU that the network may take; 0 for no limit
 * @param gpuArithmetic how a GPU computes
 * @param cpuFallback whether the CPU may take the place of a GPU that was asked for, or that Flink
 *     gave to the task manager
 * @param square pad to a square, as the reference does, instead of to the nearest multiples
 */
public record ModelConfig(
    String file,
    DeviceChoice device,
    int threads,
    boolean square,
    long gpuMemory,
    GpuArithmetic gpuArithmetic,
    boolean cpuFallback) {

  static ModelConfig read(Section section) {
    var config =
        new ModelConfig(
            section.text("file", DefaultModel.NAME, "a model file, or a model's name such as d0"),
            section.choice("device", DeviceChoice.AUTO, "where the network runs"),
            section.integer("threads", 0, 0, 1024, "threads of the network; 0 takes every core"),
            section.flag("square", false, "pad pictures to a square, as the reference does"),
            section.bytes("gpu-memory", "of a GPU that the network may take; 0 for no limit"),
            section.choice("gpu-arithmetic", GpuArithmetic.FAST, "how a GPU computes"),
            section.flag(
                "cpu-fallback", false, "the CPU where a GPU was asked for and cannot be used"));
    section.refuseUnknown();
    return config;
  }
}
