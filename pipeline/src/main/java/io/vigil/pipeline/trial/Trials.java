package io.vigil.pipeline.trial;

import io.vigil.connectors.camera.source.CameraSource;
import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventSink;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.check.KafkaChecks;
import io.vigil.connectors.kafka.read.CommittedEvents;
import io.vigil.connectors.video.decode.Fill;
import io.vigil.connectors.video.reader.LetterboxSettings;
import io.vigil.connectors.video.source.VideoSource;
import io.vigil.events.Event;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.pipeline.batch.BatchSettings;
import io.vigil.pipeline.batch.DetectorFactory;
import io.vigil.pipeline.operator.InferenceSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.sink2.Sink;

/** The parts of trial jobs. */
public final class Trials {

  private static final Duration BROKER_START = Duration.ofMinutes(2);
  private static final Duration BATCH_TIMEOUT = Duration.ofMillis(50);
  private static final LetterboxSettings PICTURES =
      new LetterboxSettings(TrialDetector.RESOLUTION, 128, false, new Fill(124, 116, 104));

  private Trials() {}

  public static CameraSource cameras(List<CameraDefinition> cameras) {
    return CameraSource.of(cameras, PICTURES);
  }

  /**
   * @param files by stream id
   */
  public static VideoSource files(Map<String, Path> files) {
    var builder = VideoSource.builder().setLetterbox(PICTURES);
    files.forEach(builder::addFile);
    return builder.build();
  }

  public static InferenceSettings inference(DetectorFactory detector, int batch) {
    return new InferenceSettings(
        detector, BatchSettings.of(batch, BATCH_TIMEOUT), DetectionSettings.withScore(0.3f));
  }

  /** Makes the topics, too. */
  public static Sink<Event> sink(
      KafkaConnection connection, EventTopics topics, Delivery delivery) {
    var facts =
        KafkaChecks.of(connection, topics, delivery).createTopics(1, 1).within(BROKER_START).run();
    return EventSink.of(connection, topics, facts.delivery());
  }

  /** What is committed in the topics, by kind of topic and stream, in the order of the topic. */
  public static Map<String, List<String>> committed(
      KafkaConnection connection, EventTopics topics) {
    var byStream = new TreeMap<String, List<String>>();
    for (var topic : topics.all()) {
      var kind = topic.substring(topics.frames().length());
      try (var events = CommittedEvents.of(connection, topic)) {
        events.readAll(
            event ->
                byStream
                    .computeIfAbsent(
                        kind + "-" + event.event().streamId(), key -> new ArrayList<>())
                    .add(new String(event.value(), StandardCharsets.UTF_8)));
      }
    }
    return byStream;
  }
}
