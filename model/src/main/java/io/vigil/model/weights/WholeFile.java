package io.vigil.model.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file under another name and moves it, so that a file of its name is whole. */
public final class WholeFile {
  private WholeFile() {}

  /** What goes into a file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Makes the folder too, if it is not there. */
  public static void write(Path file, Content content) throws IOException {
    Path path = file.toAbsolutePath();
    Files.createDirectories(path.getParent());
    Path partial = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW))) {
        content.writeTo(out);
      }
      force(partial);
      move(partial, path);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Else a power cut may leave the new name with nothing in it. */
  private static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException unsupported) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
