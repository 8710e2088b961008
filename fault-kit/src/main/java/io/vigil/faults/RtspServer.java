package io.vigil.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * GStreamer's RTSP server in a process of its own, which can be killed and frozen. Its one camera
 * shows a file over and over, 25 frames a second.
 */
public final class RtspServer implements AutoCloseable {

  /** What to do where there is none. */
  public static final String INSTALL = ServerScript.INSTALL;

  private List<String> options;
  private Process process;
  private int port;

  private RtspServer(List<String> options) {
    this.options = options;
  }

  /** Whether this machine has what it takes: Debian's packages of GStreamer's server. */
  public static boolean isInstalled() {
    try {
      var check = "import gi; gi.require_version('GstRtspServer', '1.0')";
      var process =
          new ProcessBuilder(ServerScript.PYTHON, "-c", check)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * @param options of the script beside the file and the port
   */
  public static RtspServer start(Path file, String... options) throws IOException {
    var server = new RtspServer(List.of(options));
    server.start(file);
    return server;
  }

  public String url() {
    return "rtsp://127.0.0.1:" + port + "/camera";
  }

  public int port() {
    return port;
  }

  /** Starts it again on the same port, after a kill. */
  public void restart(Path file) throws IOException {
    kill();
    start(file);
  }

  /** As another camera: with other options, too. */
  public void restart(Path file, String... newOptions) throws IOException {
    options = List.of(newOptions);
    restart(file);
  }

  private void start(Path file) throws IOException {
    var arguments = new ArrayList<>(List.of("--port", Integer.toString(port)));
    arguments.addAll(options);
    var started = ServerScript.start(file, arguments);
    process = started.process();
    port = started.port();
  }

  /** As a machine that loses its power: nobody is told. */
  public void kill() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its connections stay open, and nothing comes over them. */
  public void freeze() throws IOException {
    signal("-STOP");
  }

  public void thaw() throws IOException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException {
    var kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
    try {
      kill.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
  }
}
