package io.vigil.connectors.video.reader;

import io.vigil.connectors.video.decode.VideoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file's session: the first half of a SHA-256 of its size and content, hex. Of files above 32 MiB
 * only 512 blocks of 64 KiB count, evenly spread from the first byte to the last, so that 100 GB
 * cost what 32 MiB cost. Two such files that differ only between the blocks would share a session;
 * a recording that was cut, copied in part or encoded again does not.
 */
public final class FileSession {

  /** Of a file that cannot be read at all. */
  static final String UNREADABLE = "unreadable";

  private static final int BLOCK = 64 * 1024;
  private static final int BLOCKS = 512;
  private static final int DIGEST_BYTES = 16;

  private FileSession() {}

  public static String of(Path path) throws VideoException {
    try (var file = FileChannel.open(path)) {
      var digest = MessageDigest.getInstance("SHA-256");
      long size = file.size();
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
      long blocks = Math.min(BLOCKS, (size + BLOCK - 1) / BLOCK);
      var buffer = ByteBuffer.allocate(BLOCK);
      for (long i = 0; i < blocks; i++) {
        digestBlock(file, blockStart(i, blocks, size), buffer, digest);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (IOException e) {
      throw new VideoException(
          path + ": cannot be read (" + e.getMessage() + "); check the file system", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static long blockStart(long block, long blocks, long size) {
    return blocks < BLOCKS
        ? block * BLOCK
        : (long) ((double) (size - BLOCK) * block / (BLOCKS - 1));
  }

  private static void digestBlock(
      FileChannel file, long start, ByteBuffer buffer, MessageDigest digest) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && file.read(buffer, start + buffer.position()) >= 0) {
      // Until the block is full or the file ends.
    }
    digest.update(buffer.flip());
  }
}
