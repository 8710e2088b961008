package io.vigil.model.weights.tensorflow;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The files of a tar archive (POSIX ustar, and GNU's as far as names of up to 100 bytes go), one
 * after the other; this stream gives the present one's bytes.
 */
final class TarReader extends FilterInputStream {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final String MAGIC = "ustar";
  private static final int MOST_TRAILING = 1 << 20;

  private long left;
  private long padding;

  /**
   * A file.
   *
   * @param name with the folders that it is in, as the archive says
   * @param regular false for folders, links and what else an archive may hold
   */
  record Entry(String name, long bytes, boolean regular) {}

  TarReader(InputStream in) {
    super(in);
  }

  /**
   * @return the next file; empty at the end
   * @throws IOException if the archive is cut off or no tar
   */
  Optional<Entry> next() throws IOException {
    in.skipNBytes(left + padding);
    byte[] header = in.readNBytes(BLOCK);
    if (header.length < BLOCK) {
      throw new EOFException("it ends within a file's description");
    }
    if (header[0] == 0) {
      in.readNBytes(MOST_TRAILING); // so that a checksum at the end of what is packed is checked
      return Optional.empty();
    }
    if (!text(header, MAGIC_AT, MAGIC.length()).equals(MAGIC)) {
      throw new IOException("what it holds is no tar archive");
    }
    left = size(header);
    padding = (BLOCK - left % BLOCK) % BLOCK;
    byte type = header[TYPE_AT];
    return Optional.of(new Entry(text(header, 0, NAME_BYTES), left, type == '0' || type == 0));
  }

  private static String text(byte[] header, int at, int bytes) {
    String text = new String(header, at, bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(0);
    return end < 0 ? text : text.substring(0, end);
  }

  private static long size(byte[] header) throws IOException {
    String octal = text(header, SIZE_AT, SIZE_BYTES).strip();
    if (!octal.matches("[0-7]{1,11}")) {
      throw new IOException("a file of it has no size");
    }
    return Long.parseLong(octal, 8);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(left, length));
    if (read < 0) {
      throw new EOFException("it ends within a file");
    }
    left -= read;
    return read;
  }
}
