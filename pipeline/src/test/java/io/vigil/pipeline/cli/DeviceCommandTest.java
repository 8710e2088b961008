package io.vigil.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceCommandTest {

  /** The class path of the tests has ONNX Runtime for CPUs. */
  @Test
  void aGpuThatCannotBeUsedIsToldWithItsReason() {
    var any = CommandLineRun.of("device");
    assertThat(any.exitCode()).isZero();
    assertThat(any.out())
        .startsWith("cpu; a GPU cannot be used: the ONNX Runtime on the class path is the one for");
    assertThat(CommandLineRun.of("device", "gpu").exitCode()).isEqualTo(1);
    assertThat(CommandLineRun.of("device", "cpu").out().strip()).isEqualTo("cpu");
    assertThat(CommandLineRun.of("device", "tpu").err()).contains("tpu").contains("CPU, GPU, AUTO");
  }
}
