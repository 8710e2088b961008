package io.vigil.model.weights.tensorflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Packs files as {@code tar czf} does. */
public final class TarWriter {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  public TarWriter add(String name, byte[] content) {
    return add(name, content.length, '0').content(content);
  }

  /** A folder or a link has no content. */
  TarWriter add(String name, char type) {
    return add(name, 0, type);
  }

  /** A description alone, which may lie. */
  TarWriter add(String name, long bytes, char type) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 124, String.format(Locale.ROOT, "%011o", bytes));
    header[156] = (byte) type;
    put(header, 257, "ustar");
    tar.writeBytes(header);
    return this;
  }

  private TarWriter content(byte[] content) {
    tar.writeBytes(content);
    tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  /** A checkpoint's index and data, in a folder of their own. */
  public TarWriter addCheckpoint(Path prefix, String folder) {
    try {
      for (String ending : new String[] {".index", ".data-00000-of-00001"}) {
        Path file = Path.of(prefix + ending);
        add(folder + "/" + file.getFileName(), Files.readAllBytes(file));
      }
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  public Path write(Path file) {
    tar.writeBytes(new byte[2 * BLOCK]);
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      tar.writeTo(out);
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
