package io.vigil.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vigil.connectors.camera.roster.FixedRoster;
import io.vigil.connectors.camera.source.CameraSource;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.runtime.Detector;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.batch.SharedDetectors;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.operator.InferenceSettings;
import io.vigil.pipeline.testing.ListedGpus;
import io.vigil.pipeline.testing.PixelDetector;
import io.vigil.pipeline.testing.SessionCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a job finds on a cluster: two GPUs for four slots, and no more slots than that. */
class SessionClusterTest {

  private static final LetterboxSettings LETTERBOX =
      new LetterboxSettings(128, 128, false, new Fill(0, 0, 0));

  private static SessionCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster =
        SessionCluster.start(
            Map.of(
                "taskmanager.numberOfTaskSlots", "4",
                "external-resources", "gpu",
                "external-resource.gpu.amount", "2",
                "external-resource.gpu.driver-factory.class", ListedGpus.class.getName(),
                "external-resource.gpu.param.indices", "3,1"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.stop();
  }

  private static JobClient start(DetectorFactory detector) throws Exception {
    var environment = cluster.environment(new Configuration());
    environment.setParallelism(4);
    var inference =
        new InferenceSettings(
            detector, BatchSettings.of(1, Duration.ZERO), DetectionSettings.withScore(0.5f));
    var noCameras = CameraSource.of(new FixedRoster(List.of()), LETTERBOX);
    DetectionJob.build(environment, noCameras, inference, new DiscardingSink<>());
    return environment.executeAsync("gpus");
  }

  /** Opens a detector where it is told, and notes where. */
  private record Noting(int gpu) implements DetectorFactory {
    static final Queue<Integer> OPENED = new ConcurrentLinkedQueue<>();
    static final CountDownLatch SUBTASKS = new CountDownLatch(4);

    @Override
    public Detector open() {
      OPENED.add(gpu);
      return PixelDetector.factory().open();
    }

    @Override
    public List<DetectorFactory> onAssigned(List<Integer> gpus) {
      SUBTASKS.countDown();
      return gpus.stream().<DetectorFactory>map(Noting::new).toList();
    }
  }

  @Test
  void fourSlotsShareOneModelOnEachOfTheTaskManagersGpus() throws Exception {
    var job = start(new Noting(-1));
    assertThat(Noting.SUBTASKS.await(1, TimeUnit.MINUTES)).isTrue();
    job.cancel().get();
    assertThat(catchThrowable(() -> job.getJobExecutionResult().get())).isNotNull();
    assertThat(Noting.OPENED).containsExactlyInAnyOrder(1, 3);
    assertThat(SharedDetectors.ofProcess().openCount()).isZero();
  }

  @Test
  void aGpuThatCannotBeUsedFailsTheJobOnceAndForAllAndSaysWhy() throws Exception {
    var job = start(new ModelDetector(new DetectorSettings("d0.onnx", DeviceChoice.AUTO, 0)));
    var failure = catchThrowable(() -> job.getJobExecutionResult().get(1, TimeUnit.MINUTES));
    assertThat(ExceptionUtils.stringifyException(failure))
        .containsPattern(
            "GPU [13] was given to this process and cannot be used: the ONNX Runtime on the class"
                + " path is the one for CPUs; put onnxruntime_gpu in the place of onnxruntime");
  }

  @Test
  void tooFewSlotsAreToldAtTheStart() {
    var environment = cluster.environment(new Configuration());
    environment.setParallelism(4);
    checked(environment, Duration.ofMinutes(1));
    environment.setParallelism(5);
    assertThatThrownBy(() -> checked(environment, Duration.ZERO))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "job.yaml: parallelism: 5: the cluster has 4 free task slots (4 in all, of 1 task"
                + " managers), and a job needs as many as its parallelism; start task managers,"
                + " raise taskmanager.numberOfTaskSlots, or set parallelism: 4");
  }

  private static void checked(StreamExecutionEnvironment environment, Duration patience) {
    var checks = StartException.checks();
    ClusterChecks.add(checks, environment, patience, "job.yaml");
    checks.orRefuse();
  }
}
