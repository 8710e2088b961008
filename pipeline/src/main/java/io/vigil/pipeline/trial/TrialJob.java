package io.vigil.pipeline.trial;

import io.vigil.connectors.video.VideoRecord;
import io.vigil.events.Event;
import io.vigil.pipeline.job.DetectionJob;
import io.vigil.pipeline.job.EmbeddedCluster;
import io.vigil.pipeline.operator.InferenceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job on a cluster in this process, of several task managers, which goes on after failures. */
public final class TrialJob implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration RESTART_DELAY = Duration.ofMillis(200);
  private static final Duration LOOK = Duration.ofMillis(10);

  /**
   * How the job runs.
   *
   * @param slots of each task manager
   * @param folder for its checkpoints
   */
  public record Settings(int taskManagers, int slots, Duration checkpointInterval, Path folder) {}

  private final MiniCluster cluster;
  private final JobID id;
  private final Duration checkpointInterval;
  private int oldestTaskManager;

  private TrialJob(MiniCluster cluster, JobID id, Duration checkpointInterval) {
    this.cluster = cluster;
    this.id = id;
    this.checkpointInterval = checkpointInterval;
  }

  /** Of the usual graph. */
  public static TrialJob start(
      Settings settings,
      Source<VideoRecord, ?, ?> source,
      InferenceSettings inference,
      Sink<Event> sink)
      throws Exception {
    var started =
        EmbeddedCluster.start(
            configuration(settings),
            settings.taskManagers,
            settings.slots,
            environment -> DetectionJob.build(environment, source, inference, sink));
    return new TrialJob(started.cluster(), started.job(), settings.checkpointInterval);
  }

  private static Configuration configuration(Settings settings) {
    var configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, settings.folder.toUri().toString());
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY);
    return configuration;
  }

  public JobStatus status() throws InterruptedException {
    try {
      return cluster.getJobStatus(id).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster does not tell its job's status", e.getCause());
    }
  }

  /** Whether it has come to its end by itself. */
  public boolean isFinished() throws InterruptedException {
    return status() == JobStatus.FINISHED;
  }

  /** Times that its tasks were started again, over all of them. */
  public long restarts() throws Exception {
    var graph = cluster.getArchivedExecutionGraph(id).get();
    long all = 0;
    for (var vertex : graph.getAllExecutionVertices()) {
      all += vertex.getCurrentExecutionAttempt().getAttemptNumber();
    }
    return all;
  }

  /** Checkpoints that were completed. */
  public long checkpoints() throws Exception {
    return cluster
        .getExecutionGraphInfo(id)
        .get()
        .getArchivedExecutionGraph()
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfCompletedCheckpoints();
  }

  /** Waits until something is committed, and something after it is not. */
  public void awaitMiddle() throws Exception {
    while (checkpoints() < 2) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    LockSupport.parkNanos(checkpointInterval.toNanos() / 2);
  }

  /**
   * Takes a checkpoint now.
   *
   * @return whether it was completed in time
   */
  public boolean checkpoint(Duration limit) throws InterruptedException {
    try {
      cluster
          .triggerCheckpoint(id, CheckpointType.CONFIGURED)
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Ends the task manager that is there longest, and brings another in its place. */
  public void replaceTaskManager() throws Exception {
    cluster.terminateTaskManager(oldestTaskManager++).get();
    cluster.startTaskManager();
  }

  /**
   * Waits for its end.
   *
   * @throws ExecutionException if it fails
   */
  public void finish() throws Exception {
    cluster.requestJobResult(id).get().toJobExecutionResult(TrialJob.class.getClassLoader());
  }

  /**
   * Ends the job and its cluster.
   *
   * @throws IllegalStateException if they do not end in time
   */
  @Override
  public void close() {
    try {
      if (!status().isGloballyTerminalState()) {
        cluster.cancelJob(id).get();
        cluster.requestJobResult(id).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
      cluster.closeAsync().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the job does not end", e);
    }
  }
}
