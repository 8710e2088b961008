package io.vigil.pipeline.cli;

import io.vigil.pipeline.config.JobConfig;
import io.vigil.pipeline.job.EmbeddedCluster;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that runs in this process, on a cluster of its own. */
final class LocalJob implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Logger LOG = LoggerFactory.getLogger(LocalJob.class);
  private static final Duration NO_FAILURE = Duration.ofDays(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);
  private static final Duration CLOSING = Duration.ofSeconds(15);

  private final MiniCluster cluster;
  private final JobID id;
  private final Settings settings;
  private final CompletableFuture<JobResult> result;
  private long lastFailure;
  private CompletableFuture<Long> checkpoint = CompletableFuture.completedFuture(0L);

  private LocalJob(MiniCluster cluster, JobID id, Settings settings) {
    this.settings = settings;
    this.cluster = cluster;
    this.id = id;
    this.result = cluster.requestJobResult(id);
  }

  /** Puts a job together. */
  interface Graph {
    void build(StreamExecutionEnvironment environment);
  }

  /**
   * How a job runs here.
   *
   * @param checkpoints URI of the folder where they are kept, also when the process is killed
   * @param from path or URI of the checkpoint or savepoint to go on from
   * @param restarts whether it goes on by itself after a failure
   */
  record Settings(
      int parallelism,
      Duration interval,
      String checkpoints,
      Optional<String> from,
      boolean restarts) {

    /** As configured; where nothing is said, as many videos are read at once as there are cores. */
    static Settings of(JobConfig config, int videos, String checkpoints, Optional<String> from) {
      int cores = Runtime.getRuntime().availableProcessors();
      int usual = videos == 0 ? cores : Math.min(videos, cores);
      int parallelism = config.parallelism() > 0 ? config.parallelism() : usual;
      return new Settings(
          parallelism, config.checkpoints().interval(), checkpoints, from, !config.endsByItself());
    }
  }

  static LocalJob start(Graph graph, Settings settings) throws Exception {
    var started =
        EmbeddedCluster.start(configuration(settings), 1, settings.parallelism, graph::build);
    return new LocalJob(started.cluster(), started.job(), settings);
  }

  private static Configuration configuration(Settings asked) {
    var settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, asked.interval);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, asked.checkpoints);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // Its parts are in one process and die together; a busy or sleeping machine is no failure
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, NO_FAILURE);
    settings.set(RpcOptions.ASK_TIMEOUT_DURATION, NO_FAILURE);
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, NO_FAILURE);
    // Nobody else has business with a job on one machine
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    // What fails with files, such as a full disk, fails again: tell it, and let --resume go on.
    // What runs for months goes on by itself, after 1 s at first and 30 s at most.
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY, asked.restarts ? "exponential-delay" : "none");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, LONGEST_BACK_OFF);
    asked.from.ifPresent(
        path -> {
          settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
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
      var done = result.getNow(null);
      return done == null
          ? Optional.empty()
          : done.getSerializedThrowable()
              .map(failure -> failure.deserializeError(LocalJob.class.getClassLoader()));
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  /** The latest failure that it goes on after, told once; empty if there is none. */
  Optional<Throwable> newFailure() {
    try {
      var info = cluster.getExecutionGraph(id).get(1, TimeUnit.SECONDS).getFailureInfo();
      if (info == null || info.getTimestamp() == lastFailure) {
        return Optional.empty();
      }
      lastFailure = info.getTimestamp();
      return Optional.of(info.getException().deserializeError(LocalJob.class.getClassLoader()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The job does not tell its failures now", e);
      return Optional.empty();
    }
  }

  /** Asks for a checkpoint now, unless one that was asked for is under way. */
  void checkpoint() {
    if (checkpoint.isDone()) {
      checkpoint = cluster.triggerCheckpoint(id, CheckpointType.CONFIGURED);
    }
  }

  /**
   * Brings the job to an orderly end: what is in hand is finished and committed, and a savepoint
   * tells where to go on.
   *
   * @return the savepoint's place; empty if that was not possible in time
   */
  Optional<String> drain(Duration limit) throws InterruptedException {
    try {
      var savepoint =
          cluster
              .stopWithSavepoint(id, settings.checkpoints, false, SavepointFormatType.CANONICAL)
              .get(limit.toMillis(), TimeUnit.MILLISECONDS);
      result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(savepoint);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The job did not stop with a savepoint", e);
      return Optional.empty();
    }
  }

  /** Ends the cluster, and the job with it. */
  @Override
  public void close() {
    if (!isDone()) {
      await(cluster.cancelJob(id).thenCompose(cancelled -> result));
    }
    await(cluster.closeAsync());
  }

  /** What fails or takes too long while closing is of no concern: the process ends soon. */
  private static void await(CompletableFuture<?> closing) {
    try {
      closing.get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The cluster in this process did not close in an orderly way", e);
    }
  }
}
