package io.vigil.pipeline.job;

import java.time.Duration;
import java.util.List;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What a job needs of the cluster that it is about to run on, as far as it is seen from here. */
final class ClusterChecks {

  /** For task managers that are started together with the job. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Targets that run the job in this process: here is where the job manager is. */
  private static final List<String> HERE = List.of("", "local", "embedded");

  private final StartChecks checks;
  private final Configuration settings;
  private final String target;
  private final String origin;

  private ClusterChecks(StartChecks checks, Configuration settings, String origin) {
    this.checks = checks;
    this.settings = settings;
    this.target = settings.getOptional(DeploymentOptions.TARGET).orElse("");
    this.origin = origin;
  }

  static void add(StartChecks checks, StreamExecutionEnvironment environment, String origin) {
    add(checks, environment, PATIENCE, origin);
  }

  static void add(
      StartChecks checks,
      StreamExecutionEnvironment environment,
      Duration patience,
      String origin) {
    var settings = Configuration.fromMap(environment.getConfiguration().toMap());
    var cluster = new ClusterChecks(checks, settings, origin);
    cluster.checkpoints();
    cluster.slots(environment.getParallelism(), patience);
  }

  private void checkpoints() {
    settings
        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
        .filter(uri -> CheckpointFolder.isSeenFromHere(uri, HERE.contains(target)))
        .ifPresent(
            uri ->
                checks.of(
                    () -> CheckpointFolder.requireWritable(uri, "checkpoints.directory", origin)));
  }

  private void slots(int parallelism, Duration patience) {
    if (target.equals(RemoteExecutor.NAME)) {
      checks.of(() -> TaskSlots.require(settings, parallelism, patience, origin));
    }
  }
}
