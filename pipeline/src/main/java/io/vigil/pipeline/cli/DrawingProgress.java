package io.vigil.pipeline.cli;

import io.vigil.pipeline.report.ReportProgress;

/** Shows that pictures are being drawn, and how far, and stops it when asked to. */
final class DrawingProgress implements ReportProgress {
  private static final long BETWEEN = 200_000_000L;
  private final Console console;
  private final Interrupt interrupt;
  private long last;
  private boolean told;

  DrawingProgress(Console console, Interrupt interrupt) {
    this.console = console;
    this.interrupt = interrupt;
  }

  /** Ends the drawing. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @throws Stopped when a signal asked to stop
   */
  @Override
  public void drawn(String streamId, long frames) {
    if (interrupt.requested()) {
      throw new Stopped();
    }
    if (frames > 0) {
      show(streamId, frames);
    }
  }

  private void show(String streamId, long frames) {
    long now = System.nanoTime();
    if (console.terminal()) {
      if (last == 0 || now - last > BETWEEN) {
        console.line("drawing " + streamId + ": " + frames + " frames");
        last = now;
      }
    } else if (!told) {
      console.tell("Drawing ...");
      told = true;
    }
  }

  void end() {
    console.endLine();
  }
}
