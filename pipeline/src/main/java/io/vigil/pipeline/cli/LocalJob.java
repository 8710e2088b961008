package io.vigil.pipeline.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that runs in this process, on a cluster of its own. */
final class LocalJob implements AutoCloseable {
  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> result;

  private LocalJob(JobClient client) {
    this.client = client;
    this.result = client.getJobExecutionResult();
  }

  /** Puts a job together. */
  interface Graph {
    void build(StreamExecutionEnvironment environment);
  }

  /**
   * How a job runs here.
   *
   * @param checkpoints where they are kept, also when the process is killed
   * @param from the checkpoint or savepoint to go on from
   */
  record Settings(int parallelism, Duration interval, Path checkpoints, Optional<Path> from) {}

  static LocalJob start(Graph graph, Settings settings) throws Exception {
    var configuration = configuration(settings);
    var environment =
        StreamExecutionEnvironment.createLocalEnvironment(settings.parallelism, configuration);
    graph.build(environment);
    return new LocalJob(environment.executeAsync("vigil"));
  }

  private static Configuration configuration(Settings asked) {
    var settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, asked.interval);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, asked.checkpoints.toUri().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // What fails here, such as a full disk, fails again: tell it, and let --resume go on
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    asked.from.ifPresent(
        path -> {
          settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString());
          settings.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        });
    return settings;
  }

  boolean isDone() {
    return result.isDone();
  }

  /** Why the job failed, if it did. */
  Optional<Throwable> failure() {
    try {
      result.getNow(null);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  /**
   * Brings the job to an orderly end: what is in hand is finished and committed, and a savepoint
   * tells where to go on.
   *
   * @return false if that was not possible in time and the job was cancelled
   */
  boolean drain(Path savepoints, Duration limit) throws InterruptedException {
    try {
      client
          .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
      result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return isDone() && failure().isEmpty();
    }
  }

  @Override
  public void close() {
    if (!isDone()) {
      client.cancel();
      try {
        result.get(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        // it is over either way, and its failure has been asked for before
        return;
      }
    }
  }
}
