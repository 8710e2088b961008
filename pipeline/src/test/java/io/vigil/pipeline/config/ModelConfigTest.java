package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.runtime.DeviceChoice;
import io.vigil.model.runtime.GpuArithmetic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelConfigTest {

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").model())
        .isEqualTo(
            new ModelConfig("drawn", DeviceChoice.AUTO, 0, false, 0, GpuArithmetic.FAST, false));
  }

  @Test
  void everyKey() {
    var yaml =
        "model: {file: cars.onnx, device: gpu, threads: 3, square: true, gpu-memory: 4 GB,"
            + " gpu-arithmetic: reproducible, cpu-fallback: true}";
    assertThat(Yaml.withAdded(yaml).model())
        .isEqualTo(
            new ModelConfig(
                "cars.onnx",
                DeviceChoice.GPU,
                3,
                true,
                4L << 30,
                GpuArithmetic.REPRODUCIBLE,
                true));
  }

  @Test
  void sizesArePowersOf1024() {
    assertThat(List.of("0", "123", "12b", "3k", "500m", "2 GiB", "1t").stream().map(Sizes::parse))
        .containsExactly(
            Optional.of(0L),
            Optional.of(123L),
            Optional.of(12L),
            Optional.of(3L << 10),
            Optional.of(500L << 20),
            Optional.of(2L << 30),
            Optional.of(1L << 40));
    assertThat(List.of("", "-1", "1.5g", "g", "4gg", "9999999g").stream().map(Sizes::parse))
        .allMatch(Optional::isEmpty);
  }

  @Test
  void refuses() {
    assertThat(
            Yaml.problemsWithAdded(
                "model: {device: gpus, threads: -1, square: round, fil: x, gpu-memory: much,"
                    + " gpu-arithmetic: quick}"))
        .containsExactly(
            "model.device: gpus: must be one of cpu, gpu, auto (where the network runs)."
                + " Did you mean gpu?",
            "model.threads: -1: must be a whole number from 0 to 1024"
                + " (threads of the network; 0 takes every core)",
            "model.square: round: must be true or false"
                + " (pad pictures to a square, as the reference does)",
            "model.gpu-memory: much: must be a size such as 500m or 4g"
                + " (of a GPU that the network may take; 0 for no limit)",
            "model.gpu-arithmetic: quick: must be one of fast, float32, reproducible"
                + " (how a GPU computes).",
            "model.fil: no such key. Did you mean file? Here are: file, device, threads, square,"
                + " gpu-memory, gpu-arithmetic, cpu-fallback.");
  }
}
