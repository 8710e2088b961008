package io.vigil.connectors.video.decode;

import java.nio.file.Path;

/**
 * Where a video is.
 *
 * @param name what messages call it
 * @param url for FFmpeg
 * @param protocols that it, and whatever it refers to, may be read over
 * @param file null if it is not a file
 * @param live null if it is not a live stream
 */
record Location(String name, String url, String protocols, Path file, LiveInput live) {

  static Location of(Path file) {
    // The prefix keeps a file named like a URL from being read as one.
    return new Location(file.toString(), "file:" + file.toAbsolutePath(), "file", file, null);
  }

  static Location of(LiveInput live) {
    return new Location(live.name(), live.url(), live.protocols(), null, live);
  }

  boolean isLive() {
    return live != null;
  }

  /** Without the url, which may hold a password. */
  @Override
  public String toString() {
    return name;
  }
}
