package io.vigil.pipeline.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.faults.Clip;
import io.vigil.pipeline.trial.TrialDetector;
import io.vigil.pipeline.trial.TrialJob;
import io.vigil.pipeline.trial.Trials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of committed records gets of a broker that fails, against one that does not. */
@Tag("containers")
@Timeout(240)
class ExactlyOnceContainerTest {

  private static final Duration CHECKPOINTS = Duration.ofMillis(500);
  private static final Duration PICTURE = Duration.ofMillis(12);
  private static final Duration LOOK = Duration.ofMillis(10);

  /**
   * Clients that give up soon: a cut is longer than their patience, and the job has to go on anew.
   */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "request.timeout.ms", "2000",
          "delivery.timeout.ms", "3000",
          "max.block.ms", "3000",
          "default.api.timeout.ms", "3000",
          "linger.ms", "0");

  @TempDir private static Path folder;
  private static KafkaInContainer kafka;
  private static Map<String, List<String>> undisturbed;

  /** What is done to the broker while a job writes. */
  private interface Fault {
    void on(TrialJob job) throws Exception;
  }

  @BeforeAll
  static void startBroker() throws Exception {
    kafka = KafkaInContainer.start();
    undisturbed = committed("undisturbed", Map.of(), job -> {});
    assertThat(undisturbed.get("-" + Clip.H264)).hasSize(48);
  }

  @AfterAll
  static void stopBroker() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @Test
  void aBrokerThatIsKilledAndComesBack() throws Exception {
    var events =
        committed(
            "killed",
            Map.of(),
            job -> {
              kafka.kill();
              kafka.startAgain();
            });
    assertThat(events).isEqualTo(undisturbed);
  }

  @Test
  void aBrokerThatAnswersNobodyForAWhile() throws Exception {
    var events =
        committed(
            "frozen",
            Map.of(),
            job -> {
              kafka.freeze();
              awaitStandstill(job);
              kafka.thaw();
            });
    assertThat(events).isEqualTo(undisturbed);
  }

  @Test
  void aNetworkThatIsCutForLongerThanClientsWait() throws Exception {
    var events =
        committed(
            "cut",
            IMPATIENT,
            job -> {
              kafka.cutFromNetwork();
              awaitRestart(job);
              kafka.joinNetwork();
            });
    assertThat(events).isEqualTo(undisturbed);
  }

  private static Map<String, List<String>> committed(
      String topic, Map<String, String> clients, Fault fault) throws Exception {
    var connection = kafka.connection(clients);
    var topics = EventTopics.named(topic);
    var detector = new TrialDetector.Factory(topic, PICTURE);
    var sink = Trials.sink(connection, topics, new Delivery.ExactlyOnce(topic));
    var settings = new TrialJob.Settings(1, 2, CHECKPOINTS, folder.resolve(topic));
    try (var job =
        TrialJob.start(settings, Trials.files(files()), Trials.inference(detector, 4), sink)) {
      job.awaitMiddle();
      fault.on(job);
      assertThat(job.isFinished()).as("the job was over before the fault").isFalse();
      job.finish();
    }
    return Trials.committed(connection, topics);
  }

  private static Map<String, Path> files() {
    var files = new TreeMap<String, Path>();
    for (var clip : Clip.values()) {
      files.put(clip.toString(), clip.in(folder));
    }
    return files;
  }

  /** Several checkpoints that were due are not done. */
  private static void awaitStandstill(TrialJob job) throws Exception {
    long completed = job.checkpoints();
    long since = System.nanoTime();
    while (System.nanoTime() - since < 4 * CHECKPOINTS.toNanos()) {
      LockSupport.parkNanos(LOOK.toNanos());
      if (job.checkpoints() > completed) {
        completed = job.checkpoints();
        since = System.nanoTime();
      }
    }
  }

  private static void awaitRestart(TrialJob job) throws Exception {
    while (job.restarts() == 0) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
