package io.vigil.pipeline.cli;

import java.io.PrintStream;

/** Where people are told things: results on standard output, everything on the way on the other. */
record Console(PrintStream out, PrintStream err, boolean terminal) {

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
}
