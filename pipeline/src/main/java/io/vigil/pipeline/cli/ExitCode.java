package io.vigil.pipeline.cli;

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

  int code() {
    return code;
  }
}
