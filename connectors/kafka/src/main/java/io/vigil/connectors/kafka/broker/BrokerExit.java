package io.vigil.connectors.kafka.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Keeps Kafka from ending the whole process. A broker that loses its disk halts its JVM, which is
 * right for a server and wrong inside another program; here the thread that asked for it ends, and
 * every open broker is told. Kafka keeps these procedures per process, hence the registry.
 */
final class BrokerExit {

  private static final Map<Object, Consumer<String>> LISTENERS = new ConcurrentHashMap<>();

  private BrokerExit() {}

  static synchronized void register(Object broker, Consumer<String> listener) {
    if (LISTENERS.isEmpty()) {
      Exit.setExitProcedure(BrokerExit::refuse);
      Exit.setHaltProcedure(BrokerExit::refuse);
    }
    LISTENERS.put(broker, listener);
  }

  static synchronized void unregister(Object broker) {
    if (LISTENERS.remove(broker) != null && LISTENERS.isEmpty()) {
      Exit.resetExitProcedure();
      Exit.resetHaltProcedure();
    }
  }

  private static void refuse(int status, String message) {
    var reason = message == null ? "exit status " + status : message;
    LISTENERS.values().forEach(listener -> listener.accept(reason));
    throw new BrokerException("the embedded broker asked to end the process: " + reason);
  }
}
