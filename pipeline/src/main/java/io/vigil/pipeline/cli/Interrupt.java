package io.vigil.pipeline.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: the first asks for an orderly end, the second ends at once. A shutdown hook
 * would not do: the hooks of Flink and of the native libraries run beside it and take away what an
 * orderly end needs.
 */
final class Interrupt {
  private final Runnable drain;
  private final AtomicInteger count = new AtomicInteger();

  private Interrupt(Runnable drain) {
    this.drain = drain;
  }

  /**
   * From now on runs {@code drain}, on a thread of its own, at the first signal.
   *
   * @return whether the JVM lets us
   */
  static boolean onFirst(Runnable drain) {
    var interrupt = new Interrupt(drain);
    return List.of("INT", "TERM").stream().allMatch(interrupt::handle);
  }

  private void received() {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
    var thread = new Thread(drain, "drain");
    thread.setDaemon(true);
    thread.start();
  }

  /** By reflection, as javac warns of any mention of sun.misc.Signal and cannot be told not to. */
  private boolean handle(String name) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler received =
          (proxy, method, arguments) -> {
            received();
            return null;
          };
      var proxy =
          Proxy.newProxyInstance(
              Interrupt.class.getClassLoader(), new Class<?>[] {handler}, received);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
