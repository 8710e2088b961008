package io.vigil.pipeline.cli;

import io.vigil.pipeline.testing.Clips;
import io.vigil.pipeline.testing.SharedBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a command said, and how it ended.
 *
 * @param out standard output
 * @param err standard error
 */
record CommandLineRun(int exitCode, String out, String err) {

  /** The clip that the README runs: 12 frames a second. */
  static final Path STREET = Clips.street();

  static CommandLineRun of(String... arguments) {
    return run(new Interrupt(), new ByteArrayOutputStream(), arguments);
  }

  /** A command about a topic. */
  static CommandLineRun onTopic(SharedBroker broker, String command, String topic, String... more) {
    var about = Stream.of(command, "--topic", topic, "--bootstrap-servers", broker.servers());
    return of(Stream.concat(about, Stream.of(more)).toArray(String[]::new));
  }

  /** Signals, as Ctrl-C does, as soon as progress shows that a frame is done. */
  static CommandLineRun interruptedAtTheFirstFrame(String... arguments) {
    var interrupt = new Interrupt();
    return run(interrupt, new SignallingOutput(interrupt, "[1-9]\\d* of \\d+ frames"), arguments);
  }

  /** Signals as soon as what is told matches. */
  static CommandLineRun interruptedAt(String moment, String... arguments) {
    var interrupt = new Interrupt();
    return run(interrupt, new SignallingOutput(interrupt, moment), arguments);
  }

  /** Signals as soon as progress shows that a frame is drawn. */
  static CommandLineRun interruptedAtTheFirstDrawing(String... arguments) {
    var interrupt = new Interrupt();
    return run(interrupt, new SignallingOutput(interrupt, "drawing \\S+: [1-9]"), arguments);
  }

  private static CommandLineRun run(
      Interrupt interrupt, ByteArrayOutputStream err, String... arguments) {
    var out = new ByteArrayOutputStream();
    var console = new Console(stream(out), stream(err), true);
    int code = Vigil.run(console, interrupt, arguments);
    return new CommandLineRun(code, text(out), text(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static final class SignallingOutput extends ByteArrayOutputStream {
    private final Pattern moment;
    private final Interrupt interrupt;
    private boolean signalled;

    SignallingOutput(Interrupt interrupt, String moment) {
      this.moment = Pattern.compile(moment);
      this.interrupt = interrupt;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      if (!signalled && moment.matcher(toString(StandardCharsets.UTF_8)).find()) {
        signalled = true;
        interrupt.signal();
      }
    }
  }
}
