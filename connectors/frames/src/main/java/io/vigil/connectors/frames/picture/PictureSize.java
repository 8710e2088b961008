package io.vigil.connectors.frames.picture;

import io.vigil.connectors.frames.record.FrameHeaders.Size;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The size that a JPEG or PNG states, found without decoding it; ITU-T T.81 B, PNG 11.2.2. */
final class PictureSize {

  static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;

  private static final int PNG_HEADER = 0x49484452;
  private static final int PNG_BYTES = 24;
  private static final int MARKER = 0xff;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int FRAME_BYTES = 9;

  private PictureSize() {}

  static boolean isJpeg(byte[] bytes) {
    return bytes.length > 3 && at(bytes, 0) == MARKER && at(bytes, 1) == 0xd8;
  }

  static boolean isPng(byte[] bytes) {
    return bytes.length >= Long.BYTES && ByteBuffer.wrap(bytes).getLong() == PNG_SIGNATURE;
  }

  static Optional<Size> ofPng(byte[] bytes) {
    if (bytes.length < PNG_BYTES || ByteBuffer.wrap(bytes).getInt(12) != PNG_HEADER) {
      return Optional.empty();
    }
    var header = ByteBuffer.wrap(bytes);
    return size(header.getInt(16), header.getInt(20));
  }

  static Optional<Size> ofJpeg(byte[] bytes) {
    int at = 2;
    while (at + FRAME_BYTES <= bytes.length && at(bytes, at) == MARKER) {
      int marker = at(bytes, at + 1);
      if (marker == MARKER) {
        at++; // filling
      } else if (marker == 1 || marker >= 0xd0 && marker < END_OF_IMAGE) {
        at += 2;
      } else if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        return Optional.empty();
      } else if (isFrame(marker)) {
        return size(short16(bytes, at + 7), short16(bytes, at + 5));
      } else {
        at += 2 + Math.max(2, short16(bytes, at + 2));
      }
    }
    return Optional.empty();
  }

  /** All of them but the three in their range that are tables. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static Optional<Size> size(int width, int height) {
    return width > 0 && height > 0 ? Optional.of(new Size(width, height)) : Optional.empty();
  }

  private static int short16(byte[] bytes, int at) {
    return at(bytes, at) << 8 | at(bytes, at + 1);
  }

  private static int at(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }
}
