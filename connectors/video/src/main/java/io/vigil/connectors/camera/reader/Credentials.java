package io.vigil.connectors.camera.reader;

import io.vigil.connectors.camera.split.CameraDefinition;
import io.vigil.connectors.video.decode.VideoException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds what a camera's definition refers to; no message holds what was found. */
final class Credentials {

  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  /** Of RTSP's login as a url has it; FFmpeg cuts off the rest, and the camera refuses it. */
  private static final int LONGEST_LOGIN = 127;

  private Credentials() {}

  /**
   * The camera's url, with its user and password in it, which is where FFmpeg takes them from.
   *
   * @throws VideoException if they cannot be found
   */
  static String into(CameraDefinition camera) throws VideoException {
    var login = find(camera);
    int colon = login.indexOf(':');
    if (colon < 0) {
      throw new VideoException(
          camera
              + ": what its credentials name, "
              + camera.credentials()
              + ", is not user:password");
    }
    var encoded = encode(login.substring(0, colon)) + ":" + encode(login.substring(colon + 1));
    boolean rtsp = camera.url().toLowerCase(Locale.ROOT).startsWith("rtsp");
    if (rtsp && encoded.length() > LONGEST_LOGIN) {
      throw new VideoException(
          camera
              + ": what its credentials name, "
              + camera.credentials()
              + ", has "
              + encoded.length()
              + " bytes as a part of a url, where signs other than letters and digits have three or"
              + " more, and "
              + LONGEST_LOGIN
              + " are the most; choose a shorter password");
    }
    return camera.url().replaceFirst("://", "://" + encoded + "@");
  }

  /**
   * What an SRT stream is encrypted with.
   *
   * @throws VideoException if it cannot be found, or is none
   */
  static String passphrase(CameraDefinition camera) throws VideoException {
    var passphrase = find(camera);
    int bytes = passphrase.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 10 || bytes > 79) {
      throw new VideoException(
          camera
              + ": what its credentials name, "
              + camera.credentials()
              + ", has "
              + bytes
              + " bytes, and a passphrase of SRT has 10 to 79");
    }
    return passphrase;
  }

  private static String find(CameraDefinition camera) throws VideoException {
    var reference = camera.credentials();
    if (reference.startsWith(ENVIRONMENT)) {
      var value = System.getenv(reference.substring(ENVIRONMENT.length()));
      if (value == null) {
        throw new VideoException(
            camera
                + ": the environment variable of its credentials, "
                + reference
                + ", is not set where the camera is read; export it before the start");
      }
      return value;
    }
    try {
      return Files.readString(Path.of(reference.substring(FILE.length()))).strip();
    } catch (IOException e) {
      throw new VideoException(
          camera
              + ": the file of its credentials, "
              + reference
              + ", cannot be read where the camera is read; put it there");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
