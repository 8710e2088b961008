package io.vigil.model.weights.torch;

import java.io.ByteArrayInputStream;

/**
 * The pickle's bytes, with a look ahead: a length is checked before anything is allocated for it.
 */
final class PickleInput extends ByteArrayInputStream {

  PickleInput(byte[] pickle) {
    super(pickle);
  }

  int position() {
    return pos;
  }

  /** The little-endian unsigned number of {@code width} bytes that comes next, or -1 at the end. */
  long peek(int width) {
    if (available() < width) {
      return -1;
    }
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | buf[pos + i] & 0xff;
    }
    return value;
  }
}
