package io.vigil.connectors.frames.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A PNG without what is beside the picture. Compressed texts and colour profiles unpack to a
 * thousand times their size, whatever the picture's own size is, and a decoder unpacks them first.
 */
final class PngChunks {

  private static final Set<Integer> PICTURE =
      Set.of(0x49484452, 0x504c5445, 0x74524e53, 0x49444154, 0x49454e44);

  /** Length, name and checksum. */
  private static final int FRAMING = 12;

  private PngChunks() {}

  /** Header, palette, transparency, data and end alone; up to where it is cut off. */
  static byte[] ofPicture(byte[] png) {
    var kept = new ByteArrayOutputStream(png.length);
    kept.write(png, 0, Long.BYTES);
    var bytes = ByteBuffer.wrap(png);
    int at = Long.BYTES;
    while (at + FRAMING <= png.length) {
      long length = Integer.toUnsignedLong(bytes.getInt(at)) + FRAMING;
      int present = (int) Math.min(length, png.length - at);
      if (PICTURE.contains(bytes.getInt(at + Integer.BYTES))) {
        kept.write(png, at, present);
      }
      at += present;
    }
    return kept.toByteArray();
  }
}
