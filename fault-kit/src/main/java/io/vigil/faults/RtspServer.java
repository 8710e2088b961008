package io.vigil.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * GStreamer's RTSP server in a process of its own, which can be killed and frozen. Its one camera
 * shows a file over and over, 25 frames a second.
 */
public final class RtspServer implements AutoCloseable {

  /** The Python that Debian's packages are for. */
  private static final String PYTHON = "/usr/bin/python3";

  /** What to do where there is none. */
  public static final String INSTALL =
      "the RTSP server does not start; install it: apt-get install python3-gi"
          + " gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"
          + " glib-networking";

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
          new ProcessBuilder(PYTHON, "-c", check)
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
    var command = new ArrayList<String>();
    command.addAll(List.of(PYTHON, "-c", script(), "--file", file.toString()));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(options);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var ready = firstLine();
    if (ready == null || !ready.startsWith("ready ")) {
      throw new IOException(INSTALL);
    }
    port = Integer.parseInt(ready.substring("ready ".length()));
  }

  private String firstLine() throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    return output.readLine();
  }

  private static String script() throws IOException {
    try (var in = RtspServer.class.getResourceAsStream("rtsp-server.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
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
