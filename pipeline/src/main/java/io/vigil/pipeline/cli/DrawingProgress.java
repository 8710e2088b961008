package io.vigil.pipeline.cli;

import io.vigil.pipeline.report.ReportProgress;

/** Shows on a terminal that pictures are being drawn, and how far. */
final class DrawingProgress implements ReportProgress {
  private static final long BETWEEN = 200_000_000L;
  private final Console console;
  private long last;
  private boolean told;

  DrawingProgress(Console console) {
    this.console = console;
  }

  @Override
  public void drawn(String streamId, long frames) {
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
