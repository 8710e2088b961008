package io.vigil.pipeline.chaos;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.camera.split.CameraDefinitionBuilder;
import io.vigil.connectors.camera.split.Overload;
import io.vigil.connectors.kafka.Delivery;
import io.vigil.connectors.kafka.EventTopics;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import io.vigil.faults.Clip;
import io.vigil.faults.Link;
import io.vigil.faults.RtspServer;
import io.vigil.pipeline.trial.EventWatch;
import io.vigil.pipeline.trial.TrialDetector;
import io.vigil.pipeline.trial.TrialJob;
import io.vigil.pipeline.trial.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A live job with all that it needs, each part within reach: one camera behind a link of its own,
 * to be harmed, and others that must not notice. No camera drops frames by itself, so each frame
 * that is missing was lost.
 */
final class LiveRig implements AutoCloseable {

  static final String VICTIM = "victim";

  private static final Duration PICTURE = Duration.ofMillis(2);
  private static final Duration STALL = Duration.ofSeconds(1);
  private static final Duration GIVE_UP = Duration.ofSeconds(3);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(2);
  private static final int BATCH = 4;

  private final Path folder;
  private final String detector = "chaos-" + UUID.randomUUID();
  private final List<String> others;
  private final RtspServer victimServer;
  private final RtspServer otherServer;
  private final Link link;
  private final EventWatch watch;
  private final TrialJob job;
  private EmbeddedBroker broker;

  private LiveRig(Path folder, boolean exactlyOnce, int cameras) throws Exception {
    this.folder = folder;
    others = new ArrayList<>();
    for (int i = 1; i < cameras; i++) {
      others.add("other-" + i);
    }
    victimServer = RtspServer.start(Clip.H264.in(folder));
    otherServer = RtspServer.start(Clip.H264.in(folder));
    link = Link.to("127.0.0.1", victimServer.port());
    broker = EmbeddedBroker.at(folder.resolve("broker")).start();
    var connection = KafkaConnection.to(broker.bootstrapServers());
    var topics = EventTopics.named("chaos-" + UUID.randomUUID());
    var delivery =
        exactlyOnce ? new Delivery.ExactlyOnce(topics.frames()) : new Delivery.AtLeastOnce();
    var sink = Trials.sink(connection, topics, delivery);
    watch = EventWatch.of(connection, topics);
    var factory = new TrialDetector.Factory(detector, PICTURE);
    job =
        TrialJob.start(
            new TrialJob.Settings(2, 1, CHECKPOINTS, folder.resolve("checkpoints")),
            Trials.cameras(cameras()),
            Trials.inference(factory, BATCH),
            sink);
  }

  /**
   * @param cameras the victim included
   */
  static LiveRig start(Path folder, boolean exactlyOnce, int cameras) throws Exception {
    return new LiveRig(folder, exactlyOnce, cameras);
  }

  private List<CameraDefinition> cameras() {
    var definitions = new ArrayList<CameraDefinition>();
    definitions.add(
        camera(VICTIM, link.port())
            .stallLimit(STALL)
            .readTimeout(GIVE_UP)
            .connectTimeout(GIVE_UP)
            .build());
    others.forEach(id -> definitions.add(camera(id, otherServer.port()).build()));
    return definitions;
  }

  private static CameraDefinitionBuilder camera(String id, int port) {
    return CameraDefinition.builder(id, "rtsp://127.0.0.1:" + port + "/camera")
        .overload(Overload.BLOCK);
  }

  List<String> others() {
    return others;
  }

  List<String> all() {
    var all = new ArrayList<>(others);
    all.add(0, VICTIM);
    return all;
  }

  RtspServer victimServer() {
    return victimServer;
  }

  Link link() {
    return link;
  }

  EventWatch watch() {
    return watch;
  }

  TrialJob job() {
    return job;
  }

  TrialDetector.Control detector() {
    return TrialDetector.control(detector);
  }

  Path clip(Clip clip) {
    return clip.in(folder);
  }

  void stopBroker() {
    broker.close();
  }

  /** On the same port, with the same data. */
  void startBroker() {
    int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
    broker = EmbeddedBroker.at(folder.resolve("broker")).port(port).start();
  }

  @Override
  public void close() throws IOException {
    try (victimServer;
        otherServer;
        link) {
      job.close();
      watch.close();
      broker.close();
    }
  }
}
