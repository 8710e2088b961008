package io.vigil.pipeline.cli;

import java.io.PrintStream;

/** Where people are told things: results on standard output, everything on the way on the other. */
record Console(PrintStream out, PrintStream err, boolean terminal) {
  private static final int WIDTH = 78;

  /** {@code vigil.terminal} is set by the launcher: the JVM cannot tell what standard error is. */
  static Console ofProcess() {
    return new Console(System.out, System.err, Boolean.getBoolean("vigil.terminal"));
  }

  /** A result. */
  void print(String line) {
    out.println(line);
  }

  /** What happens on the way. */
  void tell(String line) {
    err.println(line);
  }

  /** Writes over the terminal's current line. */
  void line(String text) {
    var cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
    err.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
    err.flush();
  }

  /** Clears the terminal's current line, so that other text starts there. */
  void endLine() {
    if (terminal) {
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
    }
  }
}
