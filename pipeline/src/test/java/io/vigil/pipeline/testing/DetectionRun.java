package io.vigil.pipeline.testing;

import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.Delivery.ExactlyOnce;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.kafka.read.CommittedEvent;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoSource;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.job.DetectionJob;
import io.vigil.pipeline.operator.InferenceSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A real detection job on a test's cluster, from files to committed events.
 *
 * <pre>{@code
 * var committed = new DetectionRun(connection, "topic", files, detector).batch(8).finish();
 * }</pre>
 */
public final class DetectionRun {

  private static final Duration BROKER_START = Duration.ofSeconds(60);

  /** Low, for an untrained network finds nothing above it otherwise. */
  private static final float SCORE = 0.005f;

  private static final Duration BATCH_TIMEOUT = Duration.ofMillis(20);

  private final KafkaConnection connection;
  private final EventTopics topics;
  private final Map<String, Path> files;
  private final DetectorFactory detector;
  private String name;
  private int batch = 3;
  private int parallelism = 1;
  private Duration checkpointInterval = Duration.ofSeconds(1);
  private StreamSettings stream = StreamSettings.USUAL;

  /**
   * @param topic of frames' events; the job is called as it is unless told otherwise
   * @param files by stream id
   */
  public DetectionRun(
      KafkaConnection connection, String topic, Map<String, Path> files, DetectorFactory detector) {
    this.connection = connection;
    this.topics = EventTopics.named(topic);
    this.files = files;
    this.detector = detector;
    this.name = topic;
  }

  /** Other than that of any job which runs on the broker at the same time. */
  public DetectionRun name(String newName) {
    name = newName;
    return this;
  }

  /** 3 unless set. */
  public DetectionRun batch(int frames) {
    batch = frames;
    return this;
  }

  /** 1 unless set. */
  public DetectionRun parallelism(int tasks) {
    parallelism = tasks;
    return this;
  }

  /** 1 s unless set. A run ends with a checkpoint behind its last frame. */
  public DetectionRun checkpointsEvery(Duration interval) {
    checkpointInterval = interval;
    return this;
  }

  /** Files are looked at as all are unless set. */
  public DetectionRun stream(StreamSettings settings) {
    stream = settings;
    return this;
  }

  public EventTopics topics() {
    return topics;
  }

  /** Starts the job; goes on from a savepoint if the configuration names one. */
  public JobClient start(Configuration configuration) throws Exception {
    return start(configuration, new ExactlyOnce(name));
  }

  /** The same with another guarantee. */
  public JobClient start(Configuration configuration, Delivery delivery) throws Exception {
    var facts =
        KafkaChecks.of(connection, topics, delivery).createTopics(2, 1).within(BROKER_START).run();
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(parallelism);
    environment.enableCheckpointing(checkpointInterval.toMillis());
    DetectionJob.build(
        environment, source(), inference(), EventSink.of(connection, topics, facts.delivery()));
    return environment.executeAsync();
  }

  private VideoSource source() {
    var builder = VideoSource.builder();
    files.forEach(builder::addFile);
    return builder
        .setStream(stream)
        .setLetterbox(
            new LetterboxSettings(PixelDetector.RESOLUTION, 128, false, new Fill(124, 116, 104)))
        .build();
  }

  private InferenceSettings inference() {
    return new InferenceSettings(
        detector, BatchSettings.of(batch, BATCH_TIMEOUT), DetectionSettings.withScore(SCORE));
  }

  /** Starts the job and waits for its end. */
  public Map<String, List<String>> finish() throws Exception {
    start(new Configuration()).getJobExecutionResult().get();
    return committed();
  }

  /**
   * The committed records of all topics as text, in the order of the topic: by topic and stream.
   */
  public Map<String, List<String>> committed() {
    var byStream = new TreeMap<String, List<String>>();
    for (var topic : topics.all()) {
      var kind = topic.substring(topics.frames().length());
      for (var event : events(topic)) {
        byStream
            .computeIfAbsent(kind + "/" + event.event().streamId(), key -> new ArrayList<>())
            .add(new String(event.value(), StandardCharsets.UTF_8));
      }
    }
    return byStream;
  }

  /** The committed records of a topic. */
  public List<CommittedEvent> events(String topic) {
    var events = new ArrayList<CommittedEvent>();
    try (var reader = CommittedEvents.of(connection, topic)) {
      reader.readAll(events::add);
    }
    return events;
  }
}
