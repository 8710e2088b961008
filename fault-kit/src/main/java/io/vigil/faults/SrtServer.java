package io.vigil.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A camera over SRT, which shows a file over and over, 25 frames a second, to whom calls it. */
public final class SrtServer implements AutoCloseable {

  private final ServerScript.Started started;

  private SrtServer(ServerScript.Started started) {
    this.started = started;
  }

  /**
   * @param options of the script beside the file
   */
  public static SrtServer start(Path file, String... options) throws IOException {
    var arguments = new ArrayList<>(List.of("--srt"));
    arguments.addAll(List.of(options));
    return new SrtServer(ServerScript.start(file, arguments));
  }

  public String url() {
    return "srt://127.0.0.1:" + started.port();
  }

  @Override
  public void close() {
    started.process().destroyForcibly();
  }
}
