package io.vigil.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A camera's server by GStreamer's Python, in a process of its own. */
final class ServerScript {

  /** The Python that Debian's packages are for. */
  static final String PYTHON = "/usr/bin/python3";

  static final String INSTALL =
      "the camera's server does not start; install it: apt-get install python3-gi"
          + " gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"
          + " glib-networking";

  private static final String READY = "ready ";

  private ServerScript() {}

  /** A server that listens. */
  record Started(Process process, int port) {}

  /**
   * @param arguments of the script beside the file
   * @throws IOException if it does not listen
   */
  static Started start(Path file, List<String> arguments) throws IOException {
    var command = new ArrayList<>(List.of(PYTHON, "-c", text(), "--file", file.toString()));
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = process.inputReader(StandardCharsets.UTF_8);
    var line = output.readLine();
    if (line == null || !line.startsWith(READY)) {
      throw new IOException(INSTALL);
    }
    return new Started(process, Integer.parseInt(line.substring(READY.length())));
  }

  private static String text() throws IOException {
    try (var in = ServerScript.class.getResourceAsStream("camera-server.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
