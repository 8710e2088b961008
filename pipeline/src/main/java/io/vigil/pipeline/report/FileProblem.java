package io.vigil.pipeline.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is wrong with a file, in words. */
public final class FileProblem {
  private FileProblem() {}

  /** A message without the file's name in front, for a place that names the file itself. */
  public static String without(Path file, String message) {
    var name = file + ": ";
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }

  /** Why a file cannot be made or written. */
  public static String reason(IOException e) {
    if (e.getCause() instanceof IOException cause) {
      return reason(cause);
    }
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " cannot be made there";
    }
    if (e instanceof FileAlreadyExistsException taken) {
      return taken.getFile() + " is a file";
    }
    if (e instanceof FileSystemException system) {
      return system.getReason() == null ? system.getFile() + " is in the way" : system.getReason();
    }
    return e.getMessage();
  }
}
