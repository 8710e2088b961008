package io.vigil.pipeline.cli;

/** Ends a command with a message for the user, which needs no stack trace. */
class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;

  CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  CommandException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /**
   * @throws CommandException if an option's value is not 1 to most
   */
  static void require(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new CommandException(
          ExitCode.USAGE, "%s %d: must be 1 to %d".formatted(option, value, most));
    }
  }

  /**
   * @throws CommandException if an option's value is not above 0
   */
  static void requireAbove0(String option, double value) {
    if (!(value > 0)) {
      throw new CommandException(ExitCode.USAGE, "%s %s: must be above 0".formatted(option, value));
    }
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
