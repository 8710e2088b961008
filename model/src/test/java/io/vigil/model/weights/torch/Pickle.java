package io.vigil.model.weights.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** An assembler of pickles, honest and otherwise. */
public final class Pickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public static Pickle start() {
    return new Pickle().op(0x80).op(2);
  }

  public Pickle op(int... codes) {
    for (int code : codes) {
      out.write(code);
    }
    return this;
  }

  public Pickle op(char code) {
    return op((int) code);
  }

  public Pickle raw(String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  public Pickle global(String module, String name) {
    return op('c').raw(module + "\n" + name + "\n");
  }

  public Pickle text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    op('X').int32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  public Pickle int32(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  public Pickle int64(long value) {
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  /** BININT where it fits, else LONG1 of eight bytes. */
  public Pickle integer(long value) {
    return value == (int) value ? op('J').int32((int) value) : op(0x8a, 8).int64(value);
  }

  public Pickle tuple(long... values) {
    op('(');
    for (long value : values) {
      integer(value);
    }
    return op('t');
  }

  public Pickle orderedDict() {
    return global("collections", "OrderedDict").raw(")R");
  }

  /** As {@code torch.save} writes it; the storage's elements are as claimed. */
  public Pickle tensor(
      String storageClass, String key, long elements, long offset, long[] sizes, long[] strides) {
    return tensor(storageClass, key, elements, offset, sizes, strides, false);
  }

  /**
   * @param legacy with a sixth part in the storage's id, the view that it is of another
   */
  Pickle tensor(
      String storageClass,
      String key,
      long elements,
      long offset,
      long[] sizes,
      long[] strides,
      boolean legacy) {
    global("torch._utils", "_rebuild_tensor_v2").raw("((");
    text("storage").global("torch", storageClass).text(key).text("cpu").integer(elements);
    raw(legacy ? "NtQ" : "tQ");
    return integer(offset).tuple(sizes).tuple(strides).op(0x89).orderedDict().raw("tR");
  }

  public byte[] stop() {
    op('.');
    return out.toByteArray();
  }
}
