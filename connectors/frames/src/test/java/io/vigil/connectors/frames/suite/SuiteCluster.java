package io.vigil.connectors.frames.suite;

import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;

/**
 * One task manager: Flink's test of a lost one ends it and waits until no task runs, which would be
 * for ever if the job were on another. It starts a new one then.
 */
final class SuiteCluster {

  private SuiteCluster() {}

  static MiniClusterTestEnvironment environment() {
    return new MiniClusterTestEnvironment(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(8)
            .build());
  }
}
