package io.vigil.model.golden;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The generator of every reference figure's input: splitmix64 over a name and an index. */
public final class Formula {
  private final long start;

  public Formula(String name) {
    var crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    start = crc.getValue() << 32;
  }

  public long raw(long i) {
    long z = start + i + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** In [-1, 1). */
  public double x(long i) {
    return (raw(i) >>> 11) * 0x1p-52 - 1;
  }
}
