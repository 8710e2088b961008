package io.vigil.pipeline.chaos;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.faults.Clip;
import io.vigil.pipeline.trial.TrialDetector;
import io.vigil.pipeline.trial.TrialJob;
import io.vigil.pipeline.trial.Trials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Faults in the middle of a job that reads files: what is committed has to be byte for byte what a
 * run without them commits.
 */
final class FileTrial implements AutoCloseable {

  /** What can happen to it. */
  enum Fault {
    TASK_MANAGER_KILLED,
    BROKER_RESTARTED,
    OUT_OF_MEMORY;

    String text() {
      return "files-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private static final Duration CHECKPOINTS = Duration.ofMillis(500);
  private static final Duration PICTURE = Duration.ofMillis(10);
  private static final int BATCH = 4;

  private final Path folder;
  private EmbeddedBroker broker;
  private Map<String, List<String>> undisturbed;
  private int runs;

  FileTrial(Path folder) {
    this.folder = folder;
    this.broker = EmbeddedBroker.at(folder.resolve("broker-of-files")).start();
  }

  Verdict run(Fault fault) throws Exception {
    if (undisturbed == null) {
      undisturbed = committed(null, new Verdict());
    }
    var verdict = new Verdict();
    var disturbed = committed(fault, verdict);
    verdict.note(
        undisturbed.values().stream().mapToInt(List::size).sum() + " records byte for byte");
    for (var stream : undisturbed.entrySet()) {
      var found = disturbed.getOrDefault(stream.getKey(), List.of());
      verdict.require(
          found.equals(stream.getValue()),
          "%s: %d records are committed that differ from the %d of an undisturbed run"
              .formatted(stream.getKey(), found.size(), stream.getValue().size()));
    }
    verdict.require(
        disturbed.keySet().equals(undisturbed.keySet()), "streams: " + disturbed.keySet());
    return verdict;
  }

  /** By topic and stream, in the order of the topic. */
  private Map<String, List<String>> committed(Fault fault, Verdict verdict) throws Exception {
    var connection = KafkaConnection.to(broker.bootstrapServers());
    var topics = EventTopics.named("files-" + ++runs);
    var detector = new TrialDetector.Factory("files-" + runs, PICTURE);
    var sink = Trials.sink(connection, topics, new Delivery.ExactlyOnce(topics.frames()));
    var settings = new TrialJob.Settings(2, 1, CHECKPOINTS, folder.resolve("checkpoints"));
    try (var job =
        TrialJob.start(settings, Trials.files(files()), Trials.inference(detector, BATCH), sink)) {
      if (fault != null) {
        job.awaitMiddle();
        bring(fault, job, detector.name());
        verdict.require(!job.isFinished(), "the job was over before the fault");
      }
      job.finish();
      verdict.note("restarts: " + job.restarts());
    }
    return Trials.committed(connection, topics);
  }

  private Map<String, Path> files() {
    var files = new TreeMap<String, Path>();
    for (var clip : Clip.values()) {
      files.put("a-" + clip, clip.in(folder));
      files.put("b-" + clip, clip.in(folder));
    }
    return files;
  }

  private void bring(Fault fault, TrialJob job, String detector) throws Exception {
    switch (fault) {
      case TASK_MANAGER_KILLED -> job.replaceTaskManager();
      case OUT_OF_MEMORY -> TrialDetector.control(detector).memoryFor(1);
      case BROKER_RESTARTED -> {
        int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
        broker.close();
        broker = EmbeddedBroker.at(folder.resolve("broker-of-files")).port(port).start();
      }
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
