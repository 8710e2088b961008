package io.vigil.pipeline.soak;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.connectors.video.VideoRecord;
import io.vigil.pipeline.operator.InferenceSettings;
import io.vigil.pipeline.trial.EventWatch;
import io.vigil.pipeline.trial.TrialJob;
import io.vigil.pipeline.trial.Trials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Source;

/** A job of one task manager with a broker of its own, and a consumer. */
final class SoakJob implements AutoCloseable {

  private static final int SLOTS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);

  private final EmbeddedBroker broker;
  private final EventWatch watch;
  private final TrialJob job;

  /**
   * @param countsOnly whether the consumer remembers nothing of the streams
   */
  SoakJob(
      Path folder,
      Source<VideoRecord, ?, ?> source,
      InferenceSettings inference,
      boolean countsOnly)
      throws Exception {
    broker = EmbeddedBroker.at(folder.resolve("broker")).start();
    var connection = KafkaConnection.to(broker.bootstrapServers());
    var topics = EventTopics.named("soak");
    var sink = Trials.sink(connection, topics, new Delivery.AtLeastOnce());
    watch =
        countsOnly ? EventWatch.counting(connection, topics) : EventWatch.of(connection, topics);
    job =
        TrialJob.start(
            new TrialJob.Settings(1, SLOTS, CHECKPOINTS, folder.resolve("checkpoints")),
            source,
            inference,
            sink);
  }

  static List<CameraDefinition> cameras(int count, int port) {
    return IntStream.range(0, count)
        .mapToObj(i -> "camera-" + i)
        .map(id -> CameraDefinition.builder(id, "rtsp://127.0.0.1:" + port + "/camera").build())
        .toList();
  }

  EventWatch watch() {
    return watch;
  }

  /** Waits until frames of so many connections of each camera have come. */
  void awaitSessions(int cameras, int sessions) throws Exception {
    for (int i = 0; i < cameras; i++) {
      var camera = watch.of("camera-" + i);
      if (!watch.await(PATIENCE, () -> camera.sessions() >= sessions)) {
        throw new IllegalStateException(
            "camera-%d gave frames of %d connections, not of %d; the job is %s"
                .formatted(i, camera.sessions(), sessions, job.status()));
      }
    }
  }

  TrialJob job() {
    return job;
  }

  @Override
  public void close() {
    job.close();
    watch.close();
    broker.close();
  }
}
