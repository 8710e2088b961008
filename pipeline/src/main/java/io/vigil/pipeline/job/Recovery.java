package io.vigil.pipeline.job;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job manager in application mode runs {@code main} again when it comes back after a failure. One
 * that throws is to Flink a job that has failed for good, and with high availability it then
 * removes the checkpoints' pointers: a Kafka that is away for a minute would take the job's state
 * with it. So the process ends before Flink hears of it; what has started it starts it again.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /** Of Standalone-, Kubernetes- and YarnApplicationClusterEntry(P|p)oint. */
  private static final String APPLICATION = "ApplicationClusterEntry";

  private static final int FAILED = 1;

  private Recovery() {}

  /** Whether this process is a job manager for one job, which could be restored. */
  static boolean isPossible(StreamExecutionEnvironment environment) {
    return isPossible(
        System.getProperty("sun.java.command", ""),
        Configuration.fromMap(environment.getConfiguration().toMap()));
  }

  static boolean isPossible(String command, Configuration settings) {
    return command.split(" ")[0].contains(APPLICATION)
        && HighAvailabilityMode.isHighAvailabilityModeActivated(settings);
  }

  /** Does not return. No hook is run: Flink's own would wait for {@code main}. */
  static void endProcess(Exception refusal) {
    LOG.error(
        "{}\nThis job manager ends now, and its job's state stays: when it is started again, it goes"
            + " on from the last checkpoint, if there was one.",
        refusal.getMessage(),
        refusal);
    Runtime.getRuntime().halt(FAILED);
  }
}
