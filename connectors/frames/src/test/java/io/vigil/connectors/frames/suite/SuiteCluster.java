package io.vigil.connectors.frames.suite;

import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;

/** Several task managers, of which one may be lost. */
final class SuiteCluster {

  private SuiteCluster() {}

  static MiniClusterTestEnvironment environment() {
    return new MiniClusterTestEnvironment(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(4)
            .build());
  }
}
