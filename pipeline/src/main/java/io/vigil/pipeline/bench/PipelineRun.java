package io.vigil.pipeline.bench;

import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.connectors.video.metrics.VigilMetric;
import io.vigil.connectors.video.source.VideoSource;
import io.vigil.pipeline.job.DetectionJob;
import io.vigil.pipeline.operator.InferenceSettings;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A real job, measured from the first frame decoded to the last event committed.
 *
 * @param frames committed events
 * @param elapsed nanoseconds
 */
record PipelineRun(long frames, long elapsed, StageTimes stages) {

  private static final Duration BROKER_START = Duration.ofSeconds(60);

  /**
   * Runs a job that writes to a topic of its own.
   *
   * @throws IllegalStateException if there was nothing to measure
   */
  static PipelineRun of(
      KafkaConnection connection, VideoSource source, InferenceSettings inference, int parallelism)
      throws Exception {
    var topics = EventTopics.named("bench-" + UUID.randomUUID());
    var delivery = new ExactlyOnce(topics.frames());
    var facts =
        KafkaChecks.of(connection, topics, delivery).createTopics(1, 1).within(BROKER_START).run();
    var report = Files.createTempFile("vigil-stages", ".properties");
    var configuration = new Configuration();
    StageReporter.configure(configuration, report);
    var environment = new StreamExecutionEnvironment(configuration);
    environment.setParallelism(parallelism);
    DetectionJob.build(
        environment, source, inference, EventSink.of(connection, topics, facts.delivery()));
    long end = execute(environment, configuration, parallelism);
    var stages = StageTimes.read(report);
    Files.delete(report);
    long elapsed = end - stages.total(VigilMetric.FIRST_FRAME_NANOS.id());
    long frames = committed(connection, topics);
    if (frames == 0) {
      throw new IllegalStateException(
          "Nothing was measured: no frame came out of the video; see whether it can be read");
    }
    return new PipelineRun(frames, elapsed, stages);
  }

  /** Returns when the job was finished, on the monotonic clock. */
  @SuppressWarnings("try") // Flink's close() throws Exception, which javac takes for interruption
  private static long execute(
      StreamExecutionEnvironment environment, Configuration configuration, int slots)
      throws Exception {
    var settings =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumSlotsPerTaskManager(slots)
            .withRandomPorts()
            .build();
    try (var cluster = new MiniCluster(settings)) {
      cluster.start();
      var job = cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
      cluster.requestJobResult(job).get().toJobExecutionResult(PipelineRun.class.getClassLoader());
      return finished(cluster, job);
    }
  }

  /** The last task finishes when its last transaction is committed. */
  private static long finished(MiniCluster cluster, JobID job) throws Exception {
    long millis =
        cluster.getArchivedExecutionGraph(job).get().getStatusTimestamp(JobStatus.FINISHED);
    long ago = System.currentTimeMillis() - millis;
    return System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(ago);
  }

  private static long committed(KafkaConnection connection, EventTopics topics) {
    var count = new AtomicLong();
    try (var events = CommittedEvents.of(connection, topics.frames())) {
      events.readAll(event -> count.incrementAndGet());
    }
    return count.get();
  }

  double framesPerSecond() {
    return frames * 1e9 / elapsed;
  }
}
