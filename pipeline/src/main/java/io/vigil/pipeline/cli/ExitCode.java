package io.vigil.pipeline.cli;

import io.vigil.pipeline.config.ConfigException;

/** What a script learns of a run. */
enum ExitCode {
  /** All that was asked for is done. */
  DONE(0),
  /** Nothing useful was done. */
  FAILED(1),
  /** The command line or the configuration is wrong; nothing was started. */
  USAGE(2),
  /** Some files or frames failed; the others are done. */
  PARTLY(3),
  /** Stopped by Ctrl-C; what was detected until then is there, and {@code --resume} goes on. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** Of a command that ended with this. */
  static ExitCode of(Exception failure) {
    if (failure instanceof CommandException command) {
      return command.exitCode();
    }
    return failure instanceof ConfigException ? USAGE : FAILED;
  }

  int code() {
    return code;
  }
}
