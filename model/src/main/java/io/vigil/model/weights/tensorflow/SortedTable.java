package io.vigil.model.weights.tensorflow;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * LevelDB's sorted string table, all of it in memory: blocks of keys, each told by what it shares
 * with the one before, an index of the blocks, and a footer.
 */
final class SortedTable {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER_BYTES = 48;
  private static final int TRAILER_BYTES = 5;
  private static final int LONGEST_KEY = 1024;
  private static final int MOST_ENTRIES = 100_000;

  private final ByteBuffer file;
  private final Map<String, ByteBuffer> entries = new LinkedHashMap<>();

  private SortedTable(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Values by key, in order. */
  static Map<String, ByteBuffer> read(byte[] file) throws BrokenIndexException {
    try {
      var table = new SortedTable(file);
      table.readBlocks();
      return table.entries;
    } catch (BufferUnderflowException end) {
      throw new BrokenIndexException("it ends where more was announced");
    }
  }

  private void readBlocks() throws BrokenIndexException {
    int footer = file.limit() - FOOTER_BYTES;
    if (footer < 0 || file.getLong(file.limit() - Long.BYTES) != MAGIC) {
      throw new BrokenIndexException("it does not end as TensorFlow's index does");
    }
    ByteBuffer handles = file.duplicate().position(footer);
    // of the block of filters, which checkpoints do not have
    varint(handles);
    varint(handles);
    Map<String, ByteBuffer> blocks = new LinkedHashMap<>();
    readBlock(block(handles), blocks);
    for (ByteBuffer handle : blocks.values()) {
      readBlock(block(handle), entries);
    }
  }

  /** A block's content, by its handle: offset and size. */
  private ByteBuffer block(ByteBuffer handle) throws BrokenIndexException {
    long offset = varint(handle);
    long size = varint(handle);
    long most = file.limit() - FOOTER_BYTES - TRAILER_BYTES;
    if (offset < 0 || size < Integer.BYTES || offset > most || size > most - offset) {
      throw new BrokenIndexException("a block of %d bytes at %d is not in it", size, offset);
    }
    int end = (int) (offset + size);
    if (MaskedCrc.of(file.slice((int) offset, (int) size + 1)) != file.getInt(end + 1)) {
      throw new BrokenIndexException("the checksum of the block at byte %d is wrong", offset);
    }
    if (file.get(end) != 0) {
      throw new BrokenIndexException("a block is compressed, which those of checkpoints are not");
    }
    return file.slice((int) offset, (int) size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void readBlock(ByteBuffer block, Map<String, ByteBuffer> into)
      throws BrokenIndexException {
    long restarts = Integer.toUnsignedLong(block.getInt(block.limit() - Integer.BYTES));
    long end = block.limit() - Integer.BYTES * (restarts + 1);
    if (end < 0) {
      throw new BrokenIndexException(
          "a block of %d bytes has %d restarts", block.limit(), restarts);
    }
    block.limit((int) end);
    byte[] key = new byte[0];
    while (block.hasRemaining()) {
      int shared = length(block, key.length);
      int added = length(block, LONGEST_KEY - shared);
      int valueBytes = length(block, block.remaining());
      byte[] next = new byte[shared + added];
      System.arraycopy(key, 0, next, 0, shared);
      block.get(next, shared, added);
      key = next;
      ByteBuffer value = block.slice(block.position(), Math.min(valueBytes, block.remaining()));
      block.position(block.position() + value.limit());
      String text = new String(key, StandardCharsets.UTF_8);
      if (value.limit() < valueBytes || into.size() >= MOST_ENTRIES) {
        throw new BrokenIndexException("an entry does not end, or there are too many");
      }
      if (into.put(text, value) != null) {
        throw new BrokenIndexException("it holds '%s' twice", text);
      }
    }
  }

  private static int length(ByteBuffer from, int most) throws BrokenIndexException {
    long length = varint(from);
    if (length < 0 || length > most) {
      throw new BrokenIndexException("a length of %d, where at most %d can be", length, most);
    }
    return (int) length;
  }

  private static long varint(ByteBuffer from) throws BrokenIndexException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = from.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new BrokenIndexException("a number does not end");
  }
}
