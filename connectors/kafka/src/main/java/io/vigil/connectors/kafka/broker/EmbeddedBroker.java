package io.vigil.connectors.kafka.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker (KRaft, its own controller) in this process, on a loopback port.
 *
 * <pre>{@code
 * try (var broker = EmbeddedBroker.at(Path.of("out/kafka")).start()) {
 *   var servers = broker.bootstrapServers();
 * }
 * }</pre>
 *
 * <p>Everything is kept in the folder: a broker started there again, also after a {@code kill -9},
 * has the same cluster id, topics and committed transactions, on another port unless one is asked
 * for. It has one replica of everything and replies when the operating system has the bytes, so it
 * outlives the process, not the machine. It listens on 127.0.0.1 only, without authentication.
 */
public final class EmbeddedBroker implements AutoCloseable {

  /** More than one try, as another process may take a free port before the broker does. */
  private static final int TRIES = 3;

  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final BrokerDirectory directory;
  private final String clusterId;
  private final int port;
  private final KafkaRaftServer server;
  private final AtomicReference<BrokerException> failure = new AtomicReference<>();

  private EmbeddedBroker(
      BrokerDirectory directory, int port, int controllerPort, Map<String, String> more) {
    this.directory = directory;
    this.clusterId = directory.clusterId(BrokerSettings.NODE_ID);
    this.port = port;
    BrokerExit.register(this, this::failed);
    var settings = BrokerSettings.of(directory.data(), port, controllerPort, more);
    this.server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
  }

  /** A broker with its data in that folder, which is made if it is not there. */
  public static Builder at(Path directory) {
    return new Builder(directory);
  }

  /** What clients connect to: {@code 127.0.0.1:PORT}. */
  public String bootstrapServers() {
    return BrokerSettings.address(port);
  }

  /** The id that the folder was formatted with. */
  public String clusterId() {
    return clusterId;
  }

  /** Why the broker died since it started, such as a full disk; empty while it lives. */
  public Optional<BrokerException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Writes all that is in memory and stops; takes a second or two. */
  @Override
  public void close() {
    // What a dead broker still waits for will not come
    stopWithin(failure().isPresent() ? Duration.ofSeconds(1) : SHUTDOWN);
    directory.close();
  }

  private void stopWithin(Duration limit) {
    var shutdown = new Thread(server::shutdown, "embedded-broker-shutdown");
    shutdown.setDaemon(true);
    shutdown.start();
    try {
      shutdown.join(limit.toMillis());
      if (!shutdown.isAlive()) {
        BrokerExit.unregister(this);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(String reason) {
    var why =
        directory.isFull()
            ? "its disk is full; free some space"
            : "%s; see Kafka's log, correct the cause".formatted(reason);
    failure.compareAndSet(
        null,
        new BrokerException(
            "the embedded broker on %s died: %s and run again".formatted(directory.data(), why)));
  }

  /** How a broker is to be started. */
  public static final class Builder {

    private final Path directory;
    private Map<String, String> more = Map.of();
    private int port;
    private long minimumFreeBytes = BrokerDirectory.MINIMUM_FREE_BYTES;

    private Builder(Path directory) {
      this.directory = directory.toAbsolutePath().normalize();
    }

    /** A certain port in place of a free one. */
    public Builder port(int wanted) {
      this.port = wanted;
      return this;
    }

    /** Server properties above Vigil's own, such as an authorizer's. */
    public Builder properties(Map<String, String> properties) {
      this.more = Map.copyOf(properties);
      return this;
    }

    /** Refuses to start with less room on the disk; 64 MB if not told. */
    public Builder minimumFreeBytes(long bytes) {
      this.minimumFreeBytes = bytes;
      return this;
    }

    /**
     * Starts the broker and returns when it takes requests.
     *
     * @throws BrokerException if the port is taken, the folder is not writable, in use by another
     *     run or on a full disk, or the broker refuses its properties
     */
    public EmbeddedBroker start() {
      var opened = BrokerDirectory.open(directory, minimumFreeBytes);
      try {
        return startIn(opened, 1);
      } catch (RuntimeException e) {
        opened.close();
        throw e;
      }
    }

    private EmbeddedBroker startIn(BrokerDirectory opened, int attempt) {
      EmbeddedBroker broker = null;
      try {
        var clients = port == 0 ? freePort(0) : port;
        broker = new EmbeddedBroker(opened, clients, freePort(clients), more);
        broker.server.startup();
        return broker;
      } catch (BrokerException e) {
        throw e;
      } catch (Exception e) {
        if (broker != null) {
          broker.stopWithin(SHUTDOWN);
        }
        if (port == 0 && attempt < TRIES && caused(e, BindException.class)) {
          return startIn(opened, attempt + 1);
        }
        throw explained(e);
      }
    }

    private BrokerException explained(Exception e) {
      if (caused(e, BindException.class)) {
        return new BrokerException(
            "the embedded broker's port %d is taken by another program; name another, or none for a free one"
                .formatted(port),
            e);
      }
      return new BrokerException(
          "the embedded broker on %s did not start (%s)".formatted(directory, rootMessage(e)), e);
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> type) {
      return e != null && (type.isInstance(e) || caused(e.getCause(), type));
    }

    private static String rootMessage(Throwable e) {
      return e.getCause() == null ? e.toString() : rootMessage(e.getCause());
    }

    /** Of two that are asked for one after the other, the system may give the same twice. */
    private static int freePort(int other) {
      var port = other;
      while (port == other) {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          port = socket.getLocalPort();
        } catch (IOException e) {
          throw new BrokerException("no free port for the embedded broker", e);
        }
      }
      return port;
    }
  }
}
