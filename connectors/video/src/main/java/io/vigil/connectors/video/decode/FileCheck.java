package io.vigil.connectors.video.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be said of a file before FFmpeg sees it. */
final class FileCheck {

  private FileCheck() {}

  static void requireReadableFile(Path path) throws VideoException {
    if (!Files.exists(path)) {
      throw new VideoException(path + ": no such file; check the path");
    }
    if (Files.isDirectory(path)) {
      throw new VideoException(
          path + ": a directory where a video file was expected; name the files in it");
    }
    if (!Files.isReadable(path)) {
      throw new VideoException(
          path + ": not readable for this user; check the permissions of the file");
    }
    if (isEmpty(path)) {
      throw new VideoException(
          path + ": the file is empty where a video was expected; copy or record it again");
    }
  }

  private static boolean isEmpty(Path path) throws VideoException {
    try {
      return Files.isRegularFile(path) && Files.size(path) == 0;
    } catch (IOException e) {
      throw new VideoException(path + ": its size cannot be read; check the file system", e);
    }
  }
}
