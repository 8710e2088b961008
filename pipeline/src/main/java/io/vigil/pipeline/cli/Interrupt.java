package io.vigil.pipeline.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM. While there is something to bring to an orderly end, the first is only noted
 * and the second ends the process; else the first ends it. A shutdown hook would not do: the hooks
 * of Flink and of native libraries run beside it and take away what an orderly end needs.
 */
final class Interrupt {
  private final AtomicBoolean drainable = new AtomicBoolean();
  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile Runnable beforeQuitting = () -> {};
  private volatile Runnable whenNoted = () -> {};

  /**
   * Takes over the signals of this process; where the JVM does not let us, they stay as they are.
   */
  static Interrupt ofProcess() {
    var interrupt = new Interrupt();
    List.of("INT", "TERM").forEach(interrupt::handle);
    return interrupt;
  }

  /** Whether an orderly end was asked for. */
  boolean requested() {
    return requested.get();
  }

  /** From now on the first signal is noted, for {@link #requested()}. */
  void drainable() {
    drainable.set(true);
  }

  /** What to do when a signal is about to end the process; short. */
  void beforeQuitting(Runnable action) {
    beforeQuitting = action;
  }

  /** What to tell when the first signal is noted. */
  void whenNoted(Runnable action) {
    whenNoted = action;
  }

  /** As a signal does. */
  void signal() {
    if (drainable.get() && requested.compareAndSet(false, true)) {
      whenNoted.run();
    } else {
      try {
        beforeQuitting.run();
      } finally {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
      }
    }
  }

  /** By reflection, as javac warns of any mention of sun.misc.Signal and cannot be told not to. */
  private void handle(String name) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler received =
          (proxy, method, arguments) -> {
            signal();
            return null;
          };
      var proxy =
          Proxy.newProxyInstance(
              Interrupt.class.getClassLoader(), new Class<?>[] {handler}, received);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // it stays as it was: the signal ends the process, and a resume goes on from the last
      // checkpoint
      return;
    }
  }
}
