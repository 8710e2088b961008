package io.vigil.pipeline.container;

import com.github.dockerjava.api.DockerClient;
import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.pipeline.testing.FreePort;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** A broker as it is deployed, on a port that it keeps, and what can happen to it. */
final class KafkaInContainer implements AutoCloseable {

  private static final String BRIDGE = "bridge";

  private final KafkaContainer container;
  private final DockerClient engine = DockerClientFactory.lazyClient();

  private KafkaInContainer(KafkaContainer container) {
    this.container = container;
  }

  static KafkaInContainer start() {
    var container = new KafkaContainer(System.getProperty("kafka.image"));
    // What is published on any free port gets another one at each start
    container.setPortBindings(List.of(FreePort.find() + ":9092"));
    // Testcontainers' own message comes a moment before the broker takes requests
    container.waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1));
    container.start();
    return new KafkaInContainer(container);
  }

  /**
   * @param properties of every client
   */
  KafkaConnection connection(Map<String, String> properties) {
    return new KafkaConnection(container.getBootstrapServers(), properties);
  }

  /** As a machine does that fails: no transaction is ended, no file is closed. */
  void kill() {
    engine.killContainerCmd(container.getContainerId()).exec();
  }

  void startAgain() {
    engine.startContainerCmd(container.getContainerId()).exec();
  }

  /** It is there, takes connections, and answers nobody. */
  void freeze() {
    engine.pauseContainerCmd(container.getContainerId()).exec();
  }

  void thaw() {
    engine.unpauseContainerCmd(container.getContainerId()).exec();
  }

  void cutFromNetwork() {
    engine
        .disconnectFromNetworkCmd()
        .withContainerId(container.getContainerId())
        .withNetworkId(BRIDGE)
        .exec();
  }

  void joinNetwork() {
    engine
        .connectToNetworkCmd()
        .withContainerId(container.getContainerId())
        .withNetworkId(BRIDGE)
        .exec();
  }

  @Override
  public void close() {
    container.close();
  }
}
