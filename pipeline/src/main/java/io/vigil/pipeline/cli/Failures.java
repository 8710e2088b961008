package io.vigil.pipeline.cli;

import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/** What a failure says to a person. */
final class Failures {
  private Failures() {}

  /** Its own message where it was written for people, else the innermost one with its type. */
  static String message(Throwable failure) {
    if (isOurs(failure) || failure.getCause() == null) {
      return isOurs(failure) ? failure.getMessage() : failure.toString();
    }
    var inner = firstOfOurs(failure);
    return inner == null ? innermost(failure).toString() : inner.getMessage();
  }

  /** Whether the user asked for stack traces. */
  static boolean wantsTrace(ParseResult parsed) {
    var last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--verbose");
  }

  private static Throwable firstOfOurs(Throwable failure) {
    Set<Throwable> seen = new HashSet<>();
    for (var cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      if (isOurs(cause)) {
        return cause;
      }
    }
    return null;
  }

  private static Throwable innermost(Throwable failure) {
    Set<Throwable> seen = new HashSet<>();
    var cause = failure;
    while (cause.getCause() != null && seen.add(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The exceptions of this project carry messages that name the thing, the rule, the way out. */
  private static boolean isOurs(Throwable failure) {
    return failure.getClass().getName().startsWith("io.vigil.") && failure.getMessage() != null;
  }
}
