package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.events.FailedFrame;
import io.vigil.events.FrameEvent;
import io.vigil.events.StreamEvent;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.testing.Checkpoints;
import io.vigil.pipeline.testing.Clips;
import io.vigil.pipeline.testing.DetectionRun;
import io.vigil.pipeline.testing.OpenDetectors;
import io.vigil.pipeline.testing.PacedDetector;
import io.vigil.pipeline.testing.PixelDetector;
import io.vigil.pipeline.testing.SavedJob;
import io.vigil.pipeline.testing.SharedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class DetectionJobTest {

  private static final List<String> CLIPS =
      List.of(
          "open_gop_h264.mp4",
          "closed_gop_h264.mp4",
          "open_gop_h265.mp4",
          "closed_gop_h265.mp4",
          "mpegts.ts",
          "vfr.mp4",
          "rotated90.mp4",
          "yuv444_odd.mp4");
  private static final DetectorFactory SOME_POISONED = new PixelDetector.Poison(9);
  private static final Duration OFTEN = Duration.ofMillis(50);

  /**
   * Of the checkpoint that ends a run, a closing task may decline its part; then the next ends it.
   */
  private static final Duration SELDOM = Duration.ofSeconds(2);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static KafkaConnection connection;
  private static Map<String, List<String>> undisturbed;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    connection = BROKER.connection();
    undisturbed = run("undisturbed", PixelDetector.factory(), 8, 1, SELDOM).finish();
  }

  @AfterAll
  static void everyDetectorIsClosed() {
    OpenDetectors.awaitNone();
  }

  private static DetectionRun run(
      String topic, DetectorFactory detector, int batch, int parallelism, Duration interval) {
    var files = new TreeMap<String, Path>();
    CLIPS.forEach(clip -> files.put(clip, Clips.variant(clip)));
    return new DetectionRun(connection, topic, files, detector)
        .batch(batch)
        .parallelism(parallelism)
        .checkpointsEvery(interval);
  }

  @Test
  void everyFrameOfEveryStreamIsThereOnceInOrderAndAccountedFor() throws Exception {
    var run = run("whole", SOME_POISONED, 3, 2, OFTEN);
    run.finish();
    var sequences = new TreeMap<String, List<Long>>();
    var failed = new TreeMap<String, Long>();
    for (var event : run.events(run.topics().frames())) {
      var frame = (FrameEvent) event.event();
      sequences.computeIfAbsent(frame.streamId(), key -> new ArrayList<>()).add(frame.seq());
    }
    for (var event : run.events(run.topics().failed())) {
      failed.merge(event.event().streamId(), 1L, Long::sum);
      assertThat(((FailedFrame) event.event()).reason()).isEqualTo("a picture is poisoned");
      var seq = ((FailedFrame) event.event()).seq();
      assertThat(sequences.get(event.event().streamId())).doesNotContain(seq);
    }
    assertThat(failed).isNotEmpty();
    for (var event : run.events(run.topics().streams())) {
      var stream = (StreamEvent) event.event();
      if (stream.kind() == StreamEvent.Kind.ENDED) {
        assertThat(stream.ledger().balances()).isTrue();
        assertThat(stream.ledger().decoded()).isEqualTo(Clips.frames(stream.streamId()));
        assertThat(stream.ledger().failed().getOrDefault("inference", 0L))
            .isEqualTo(failed.getOrDefault(stream.streamId(), 0L));
        assertThat(sequences.remove(stream.streamId()))
            .isSorted()
            .doesNotHaveDuplicates()
            .hasSize((int) stream.ledger().detected());
      }
    }
    assertThat(sequences).as("streams without an end").isEmpty();
  }

  @Test
  void theReferenceRunHasEveryFrame() {
    for (var clip : CLIPS) {
      assertThat(undisturbed.get("/" + clip)).hasSize(Clips.frames(clip));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "8, 2"})
  void batchSizeAndParallelismChangeNoByte(int batch, int parallelism) throws Exception {
    var topic = "batch-" + batch + "-" + parallelism;
    var committed = run(topic, PixelDetector.factory(), batch, parallelism, OFTEN).finish();
    assertThat(committed).isEqualTo(undisturbed);
  }

  @Test
  void theRealNetworkGivesTheSameBytesAtEveryBatchSize(@TempDir Path models) throws Exception {
    var model = ModelFiles.resolve("d0", models);
    var detector = new ModelDetector(DetectorSettings.onCpu(model.path()));
    var files = new TreeMap<String, Path>();
    for (var clip : List.of("bars_bt601.mp4", "bars_full.mp4")) {
      files.put(clip, Clips.variant(clip));
    }
    var committed = new DetectionRun(connection, "net-1", files, detector).batch(1).finish();
    var inCompany = new DetectionRun(connection, "net-3", files, detector).parallelism(2);
    assertThat(committed.get("/bars_full.mp4")).hasSize(Clips.frames("bars_full.mp4"));
    assertThat(committed.get("/bars_full.mp4").get(0)).contains("\"class\"");
    assertThat(inCompany.finish()).isEqualTo(committed);
  }

  @Test
  void aBoundedRunEndsByItselfWithItsLastPartialBatch() throws Exception {
    // 384 frames are no multiple of 250; without a flush the last would wait for an hour
    var committed = run("bounded", PixelDetector.factory(), 250, 1, SELDOM).finish();
    assertThat(committed).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aJobThatIsKilledInTheMiddleWritesTheSameRecordsAndLedgers(
      int parallelism, @InjectMiniCluster MiniCluster cluster) throws Exception {
    var name = "killed-" + parallelism;
    var halfASecond = Duration.ofMillis(500);
    var run = run(name, new PacedDetector.Factory(name), 3, parallelism, halfASecond);
    PacedDetector.control(name).pace(Duration.ofMillis(10));
    var job = run.start(Checkpoints.restarting());
    new Checkpoints(cluster, job).await(2);
    // What is written after a checkpoint and before the death is written again.
    awaitPictures(name, PacedDetector.control(name).pictures() + 30);
    PacedDetector.control(name).die();
    job.getJobExecutionResult().get(120, TimeUnit.SECONDS);

    var checkpoints = new Checkpoints(cluster, job).statistics();
    assertThat(checkpoints.getLatestRestoredCheckpoint()).as("it went on").isNotNull();
    assertThat(PacedDetector.control(name).opened()).isEqualTo(2);
    assertThat(run.committed()).isEqualTo(undisturbed);
    var largest = checkpoints.getSummaryStats().getStateSizeStats().getMaximum();
    assertThat(largest).as("bytes of the largest checkpoint").isBetween(1L, 100_000L);
    assertThat(checkpoints.getSummaryStats().getPersistedDataStats().getMaximum()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "2, 1", "1, 2"})
  void aJobThatIsStoppedWithASavepointGoesOnAtTheNextFrameAtAnyParallelism(
      int before, int after, @TempDir Path savepoints, @InjectMiniCluster MiniCluster cluster)
      throws Exception {
    var name = "stopped-" + before + "-" + after;
    var detector = new PacedDetector.Factory(name);
    var job = run(name, detector, 8, before, OFTEN).start(new Configuration());
    new Checkpoints(cluster, job).await(2);
    var savepoint = stop(job, savepoints);
    var run = run(name, detector, 8, after, OFTEN);
    assertThat(run.committed()).as("it was stopped in the middle").isNotEqualTo(undisturbed);
    assertThat(run.committed().get("/" + CLIPS.get(1))).isNotEmpty();
    finishFrom(savepoint, run);
    assertThat(run.committed()).isEqualTo(undisturbed);
  }

  @Test
  void aSavepointOfTheFirstVersionIsGoneOnFrom() throws Exception {
    var rest = SavedJob.run(connection, PixelDetector.factory());
    finishFrom(SavedJob.SAVEPOINT.toUri().toString(), rest);
    var all = SavedJob.committedBefore();
    rest.committed().forEach((stream, events) -> all.get(stream).addAll(events));
    var expected = new TreeMap<>(undisturbed);
    expected.keySet().retainAll(all.keySet());
    assertThat(rest.committed().keySet()).as("it was in the middle").isEqualTo(all.keySet());
    assertThat(all).isEqualTo(expected);
  }

  @Test
  void twoJobsWriteToOneTopicAtTheSameTime(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    var files = new TreeMap<String, Path>();
    CLIPS.forEach(clip -> files.put(clip, Clips.variant(clip)));
    var half = CLIPS.get(CLIPS.size() / 2);
    // It begins with the second's name, and its transaction is open when the second starts
    var first =
        named("shared-2", files.headMap(half), Duration.ofSeconds(5)).start(withoutRestart());
    awaitPictures("shared-2", 30);
    var run = named("shared", files.tailMap(half), OFTEN);
    var second = run.start(withoutRestart());
    new Checkpoints(cluster, second).await(2);
    assertThat(first.getJobStatus().get()).as("both run at once").isEqualTo(JobStatus.RUNNING);
    first.getJobExecutionResult().get(120, TimeUnit.SECONDS);
    second.getJobExecutionResult().get(120, TimeUnit.SECONDS);
    assertThat(run.committed()).isEqualTo(undisturbed);
  }

  private static DetectionRun named(String name, Map<String, Path> files, Duration interval) {
    var detector = new PacedDetector.Factory(name);
    PacedDetector.control(name).pace(Duration.ofMillis(20));
    return new DetectionRun(connection, "shared", files, detector)
        .name(name)
        .checkpointsEvery(interval);
  }

  private static void awaitPictures(String detector, int count) {
    while (PacedDetector.control(detector).pictures() < count) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static Configuration withoutRestart() {
    return new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none");
  }

  private static String stop(JobClient job, Path savepoints) throws Exception {
    var savepoint =
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
    return savepoint;
  }

  private static void finishFrom(String savepoint, DetectionRun run) throws Exception {
    var resumed = new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    run.start(resumed).getJobExecutionResult().get(120, TimeUnit.SECONDS);
  }

  @Test
  void aFileThatEndsEarlyHoldsUpNoCheckpointOfALongOne(
      @TempDir Path savepoints, @InjectMiniCluster MiniCluster cluster) throws Exception {
    var files = new TreeMap<String, Path>();
    files.put("short", Clips.variant("bars_bt601.mp4"));
    files.put("long", Clips.street());
    var slow = new PacedDetector.Factory("uneven");
    PacedDetector.control("uneven").pace(Duration.ofMillis(300));
    var run =
        new DetectionRun(connection, "uneven", files, slow).parallelism(2).checkpointsEvery(OFTEN);
    var job = run.start(new Configuration());
    var checkpoints = new Checkpoints(cluster, job);
    checkpoints.await(1);
    while (!String.join("", run.committed().getOrDefault("-streams/short", List.of()))
        .contains("ended")) {
      checkpoints.await(checkpoints.completed() + 1);
    }
    checkpoints.await(checkpoints.completed() + 2);
    var savepoint = stop(job, savepoints);
    assertThat(run.committed().get("/long")).hasSizeLessThan(120);

    PacedDetector.control("uneven").pace(Duration.ZERO);
    var alone = new DetectionRun(connection, "uneven", files, slow);
    finishFrom(savepoint, alone);
    var undisturbed =
        new DetectionRun(connection, "even", files, PixelDetector.factory()).batch(8).finish();
    assertThat(alone.committed()).isEqualTo(undisturbed);
  }
}
