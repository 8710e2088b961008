package io.vigil.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.model.runtime.DeviceChoice;
import org.junit.jupiter.api.Test;

class ModelConfigTest {

  @Test
  void defaults() {
    assertThat(Yaml.withAdded("").model())
        .isEqualTo(new ModelConfig("d0", DeviceChoice.AUTO, 0, false));
  }

  @Test
  void everyKey() {
    var yaml = "model: {file: cars.onnx, device: gpu, threads: 3, square: true}";
    assertThat(Yaml.withAdded(yaml).model())
        .isEqualTo(new ModelConfig("cars.onnx", DeviceChoice.GPU, 3, true));
  }

  @Test
  void refuses() {
    assertThat(Yaml.problemsWithAdded("model: {device: gpus, threads: -1, square: round, fil: x}"))
        .containsExactly(
            "model.device: gpus: must be one of cpu, gpu, auto (where the network runs)."
                + " Did you mean gpu?",
            "model.threads: -1: must be a whole number from 0 to 1024"
                + " (threads of the network; 0 takes every core)",
            "model.square: round: must be true or false"
                + " (pad pictures to a square, as the reference does)",
            "model.fil: no such key. Did you mean file? Here are: file, device, threads, square.");
  }
}
