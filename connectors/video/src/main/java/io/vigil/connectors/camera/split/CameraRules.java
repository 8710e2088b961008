package io.vigil.connectors.camera.split;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a camera's definition must be like. Messages never hold the url: it may hold a password. */
final class CameraRules {

  /** Nothing else, or a camera's url could be made to read a file of the machine. */
  static final List<String> PROTOCOLS = List.of("rtsp", "rtsps", "http", "https", "srt");

  private static final int LONGEST_ID = 200;

  /** Stands for bytes that are none, as in the key of a record. */
  private static final char NO_TEXT = '\uFFFD';

  private final List<String> problems = new ArrayList<>();
  private final CameraDefinition camera;

  private CameraRules(CameraDefinition camera) {
    this.camera = camera;
  }

  static List<String> problems(CameraDefinition camera) {
    var rules = new CameraRules(camera);
    rules.checkId();
    rules.checkUrl();
    rules.checkCredentials();
    rules.checkTimes();
    rules.checkSampling();
    rules.checkSettings();
    return List.copyOf(rules.problems);
  }

  private void checkId() {
    var id = camera.id();
    boolean printable = id.chars().noneMatch(c -> Character.isISOControl(c) || c == NO_TEXT);
    require(
        !id.isBlank() && id.length() <= LONGEST_ID && printable,
        "its id must be printable text of 1 to "
            + LONGEST_ID
            + " characters; it is the key of its events");
  }

  private void checkUrl() {
    try {
      checkUrl(new URI(camera.url()));
    } catch (URISyntaxException e) {
      problem(
          "its url is none ("
              + e.getReason()
              + " at character "
              + (e.getIndex() + 1)
              + "); write spaces and other signs as %20 and the like");
    }
  }

  private void checkUrl(URI url) {
    var protocol = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!PROTOCOLS.contains(protocol)) {
      problem(
          (protocol.isEmpty() ? "its url has no protocol" : "protocol " + protocol + " is refused")
              + "; a camera is read over one of "
              + String.join(", ", PROTOCOLS)
              + ", and a file by source.files");
    } else if (url.getRawUserInfo() != null) {
      problem(
          "its url holds credentials, which would be seen wherever the url is; put user:password"
              + " into the environment or a file, and name it as credentials: env:NAME or"
              + " file:PATH");
    } else if (url.getHost() == null) {
      problem("its url has no host; write it as " + protocol + "://HOST/PATH");
    } else if (protocol.equals("srt") && waitsForCaller(url)) {
      problem(
          "its url has a mode other than caller, which would open a port where it is read; have the"
              + " camera or a relay listen, and call that");
    } else if (protocol.equals("srt") && holdsPassphrase(url)) {
      problem(
          "its url holds a passphrase, which would be seen wherever the url is; put it into the"
              + " environment or a file, and name it as credentials: env:NAME or file:PATH");
    }
    checkCertificates(protocol, url.getHost());
  }

  private static boolean waitsForCaller(URI url) {
    var query = url.getRawQuery();
    return query != null
        && Stream.of(query.toLowerCase(Locale.ROOT).split("[&?]"))
            .anyMatch(part -> part.contains("mode=") && !part.equals("mode=caller"));
  }

  private static boolean holdsPassphrase(URI url) {
    var query = url.getQuery();
    return query != null && query.toLowerCase(Locale.ROOT).contains("passphrase");
  }

  /** FFmpeg compares names with certificates, and passes addresses by. */
  private void checkCertificates(String protocol, String host) {
    boolean encrypted = protocol.equals("rtsps") || protocol.equals("https");
    boolean address = host != null && host.matches("\\[.*|[0-9.]+");
    if (encrypted && address && camera.verifyCertificates() && camera.certificates().isEmpty()) {
      problem(
          "its url has an address, and a certificate is of a name; write the host's name, or give"
              + " the camera's own certificate as certificates, or turn verification off");
    }
  }

  private void checkCredentials() {
    var reference = camera.credentials();
    require(
        reference.isEmpty() || reference.matches("(env|file):.+"),
        "its credentials must be a reference, env:NAME or file:PATH, to user:password, or for srt to the passphrase");
  }

  private void checkTimes() {
    requirePositive("connect time-out", camera.connectTimeout());
    requirePositive("stall limit", camera.stallLimit());
    require(
        camera.readTimeout().compareTo(camera.stallLimit()) >= 0,
        "its read time-out is "
            + camera.readTimeout().toMillis()
            + " ms, but must not be shorter than its stall limit, "
            + camera.stallLimit().toMillis()
            + " ms");
  }

  private void requirePositive(String name, Duration time) {
    require(
        time.toMillis() > 0, "its " + name + " is " + time.toMillis() + " ms, but must be above 0");
  }

  private void checkSampling() {
    require(
        camera.everyNth() >= 1,
        "it takes every n-th frame with n = " + camera.everyNth() + ", but n must be at least 1");
    require(
        camera.mostFramesPerSecond() > 0,
        "it takes at most "
            + camera.mostFramesPerSecond()
            + " frames/s, but the rate must be above 0");
  }

  private void checkSettings() {
    var score = camera.settings().score();
    require(
        score == null || score >= 0 && score <= 1,
        "its score is " + score + ", but must be from 0 to 1");
    for (var mask : camera.settings().masks()) {
      require(mask.problem().isEmpty(), "a mask " + mask.problem());
    }
  }

  private void require(boolean holds, String text) {
    if (!holds) {
      problem(text);
    }
  }

  private void problem(String text) {
    problems.add(camera + ": " + text);
  }
}
