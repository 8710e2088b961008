package io.vigil.pipeline.testing;

import io.vigil.connectors.kafka.KafkaConnection;
import io.vigil.connectors.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The one broker of all test classes that do nothing to it; a topic of theirs has a name that no
 * other class uses. Starts with the first of them and ends with the last test.
 *
 * <pre>{@code
 * @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
 * }</pre>
 */
public final class SharedBroker implements BeforeAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(SharedBroker.class);

  /** A record has to fit into a segment, and one test's has a hundred megabytes. */
  private static final Map<String, String> SEGMENTS =
      Map.of("log.segment.bytes", Integer.toString(128 << 20));

  private EmbeddedBroker broker;

  @Override
  public void beforeAll(ExtensionContext context) {
    broker =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent("broker", key -> Running.start(), Running.class)
            .broker;
  }

  /** Where it is. */
  public String servers() {
    return broker.bootstrapServers();
  }

  public KafkaConnection connection() {
    return KafkaConnection.to(servers());
  }

  private record Running(Path folder, EmbeddedBroker broker) implements AutoCloseable {

    static Running start() {
      try {
        var folder = Files.createTempDirectory("vigil-broker");
        return new Running(folder, EmbeddedBroker.at(folder).properties(SEGMENTS).start());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
