package io.vigil.model.weights.tensorflow;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** LevelDB's checksum: CRC-32C, rotated and shifted so that it may lie in what it sums up. */
final class MaskedCrc {
  private static final int SHIFT = 0xa282ead8;

  private MaskedCrc() {}

  static int of(ByteBuffer bytes) {
    var checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    int crc = (int) checksum.getValue();
    return (crc >>> 15 | crc << 17) + SHIFT;
  }
}
