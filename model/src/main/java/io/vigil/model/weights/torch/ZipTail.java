package io.vigil.model.weights.torch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The end of a zip archive: how many members its directory claims and how large it is. Read before
 * {@link java.util.zip.ZipFile}, which loads the whole directory into memory.
 *
 * @param entries members
 * @param directoryBytes size of the directory
 */
record ZipTail(long entries, long directoryBytes) {
  private static final int END_BYTES = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int END64_BYTES = 56;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final long IN_ZIP64 = 0xffffffffL;
  private static final int COUNT_IN_ZIP64 = 0xffff;

  /**
   * PyTorch writes no comment, so the record is the last of the file.
   *
   * @throws IOException if the file does not end as a zip archive does
   */
  static ZipTail read(Path path) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      ByteBuffer end = bytes(file, file.length() - END_BYTES, END_BYTES, END_SIGNATURE);
      long entries = Short.toUnsignedLong(end.getShort(10));
      long directoryBytes = Integer.toUnsignedLong(end.getInt(12));
      long offset = Integer.toUnsignedLong(end.getInt(16));
      boolean large = entries == COUNT_IN_ZIP64 || directoryBytes == IN_ZIP64 || offset == IN_ZIP64;
      return large ? readLarge(file) : new ZipTail(entries, directoryBytes);
    }
  }

  private static ZipTail readLarge(RandomAccessFile file) throws IOException {
    long at = file.length() - END_BYTES - LOCATOR_BYTES;
    ByteBuffer locator = bytes(file, at, LOCATOR_BYTES, LOCATOR_SIGNATURE);
    ByteBuffer end = bytes(file, locator.getLong(8), END64_BYTES, END64_SIGNATURE);
    return new ZipTail(end.getLong(32), end.getLong(40));
  }

  private static ByteBuffer bytes(RandomAccessFile file, long at, int count, int signature)
      throws IOException {
    byte[] bytes = new byte[count];
    if (at < 0 || at + count > file.length()) {
      throw new IOException("it does not end as a zip archive does");
    }
    file.seek(at);
    file.readFully(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(0) != signature) {
      throw new IOException("it does not end as a zip archive does");
    }
    return buffer;
  }
}
