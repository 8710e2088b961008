package io.vigil.pipeline.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A command that runs while a test does something to what it works with. */
final class RunningCommand implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

  private final Interrupt interrupt = new Interrupt();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private boolean underWay;

  private RunningCommand() {}

  static RunningCommand start(String... arguments) {
    var command = new RunningCommand();
    var thread = new Thread(() -> command.run(arguments), "vigil " + arguments[0]);
    thread.setDaemon(true);
    thread.start();
    return command;
  }

  private void run(String... arguments) {
    var console = new Console(stream(out), stream(err), false);
    try {
      exitCode.complete(Vigil.run(console, interrupt, arguments));
    } catch (RuntimeException | Error e) {
      exitCode.completeExceptionally(e);
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Waits until what was told on the way matches; from then on the command can be stopped. */
  void awaitTold(String pattern) {
    var wanted = Pattern.compile(pattern);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.matcher(text(err)).find()) {
      if (exitCode.isDone() || System.nanoTime() - end > 0) {
        throw new AssertionError(
            "'%s' was not told, but%n%s%s".formatted(pattern, text(err), text(out)));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    underWay = true;
  }

  /** As Ctrl-C does; waits for the end. */
  CommandLineRun stop() {
    interrupt.signal();
    int code = exitCode.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return new CommandLineRun(code, text(out), text(err));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Ends it if a test that fails has left it. Before it is under way a signal ends the process. */
  @Override
  public void close() {
    if (underWay && !exitCode.isDone() && !interrupt.requested()) {
      stop();
    }
  }
}
