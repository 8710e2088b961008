package io.vigil.pipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** The checkpoints of a job on a test's cluster. */
public record Checkpoints(MiniCluster cluster, JobClient job) {

  /** Of a job that goes on after a failure. */
  public static Configuration restarting() {
    var configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    return configuration;
  }

  /** Waits until so many were completed; fails if the job is over before. */
  public void await(long count) throws Exception {
    while (completed() < count) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      assertThat(job.getJobStatus().get().isGloballyTerminalState()).isFalse();
    }
  }

  public long completed() throws Exception {
    return statistics().getCounts().getNumberOfCompletedCheckpoints();
  }

  public CheckpointStatsSnapshot statistics() throws Exception {
    return cluster
        .getExecutionGraphInfo(job.getJobID())
        .get()
        .getArchivedExecutionGraph()
        .getCheckpointStatsSnapshot();
  }
}
