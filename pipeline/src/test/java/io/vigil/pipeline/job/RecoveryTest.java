package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way is {@code .ci/high-availability-check}. */
class RecoveryTest {

  private static final Configuration AVAILABLE =
      new Configuration().set(HighAvailabilityOptions.HA_MODE, "kubernetes");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint --job x",
        "org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint",
        "org.apache.flink.yarn.entrypoint.YarnApplicationClusterEntryPoint"
      })
  void aJobManagerOfOneJobCanBeRestored(String command) {
    assertThat(Recovery.isPossible(command, AVAILABLE)).isTrue();
    assertThat(Recovery.isPossible(command, new Configuration())).isFalse();
  }

  /** Ending a session cluster would end the jobs of others; flink run would end without a word. */
  @Test
  void otherProcessesAreNoJobManagersOfOneJob() {
    var session = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    assertThat(Recovery.isPossible(session, AVAILABLE)).isFalse();
    var client = "org.apache.flink.client.cli.CliFrontend run ApplicationClusterEntryPoint.jar";
    assertThat(Recovery.isPossible(client, AVAILABLE)).isFalse();
    assertThat(Recovery.isPossible("", AVAILABLE)).isFalse();
  }
}
