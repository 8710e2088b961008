package io.vigil.model.weights.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a state_dict file as {@code torch.save} does: a zip of data.pkl, version, data/0, …. */
public final class PthFile {
  private final Map<String, byte[]> storages = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, byte[]> members = new LinkedHashMap<>();
  private final Pickle pickle = Pickle.start();
  private final String section;
  private boolean compressed;
  private boolean legacy;
  private boolean bigEndian;

  /** A state_dict at the top. */
  public PthFile() {
    this("");
  }

  /** A training checkpoint that holds its state_dict under a key. */
  public PthFile(String section) {
    this.section = section;
    if (!section.isEmpty()) {
      pickle.op('}').op('(').text("epoch").integer(7).text(section);
    }
    pickle.orderedDict().op('(');
  }

  /** In the format from before PyTorch 1.6; to be said before the first tensor. */
  public PthFile legacy() {
    legacy = true;
    return this;
  }

  /** From a machine that writes the other way round; of the old format only. */
  PthFile bigEndian() {
    bigEndian = true;
    return this;
  }

  /** A float32 tensor, row-major. */
  public PthFile add(String name, float[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return add(name, "FloatStorage", bytes.array(), values.length, shape);
  }

  /** A batch norm's int64 scalar. */
  public PthFile addCounter(String name, long value) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return add(name, "LongStorage", bytes, 1);
  }

  public PthFile add(String name, String storageClass, byte[] bytes, int elements, int... shape) {
    long[] sizes = new long[shape.length];
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      sizes[d] = shape[d];
      strides[d] = stride;
      stride *= shape[d];
    }
    String key = Integer.toString(storages.size());
    storages.put(key, bytes);
    return view(name, storageClass, key, elements, 0, sizes, strides);
  }

  public PthFile view(
      String name,
      String storageClass,
      String key,
      long elements,
      long offset,
      long[] sizes,
      long[] strides) {
    pickle.text(name).tensor(storageClass, key, elements, offset, sizes, strides, legacy);
    counts.put(key, elements);
    return this;
  }

  public PthFile storage(String key, byte[] bytes) {
    storages.put(key, bytes);
    return this;
  }

  public PthFile member(String name, byte[] bytes) {
    members.put(name, bytes);
    return this;
  }

  public PthFile compressed() {
    compressed = true;
    return this;
  }

  /** Writes it with the {@code _metadata} attribute that a module's state_dict has. */
  public Path write(Path path) {
    pickle.op('u').op('}').text("_metadata").orderedDict().op('s').op('b');
    if (!section.isEmpty()) {
      pickle.op('u');
    }
    return write(path, pickle.stop());
  }

  /** Writes the storages beside a pickle of one's own. */
  public Path write(Path path, byte[] dataPkl) {
    if (legacy) {
      return writeLegacy(path, dataPkl);
    }
    try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
      put(zip, "archive/data.pkl", dataPkl);
      for (var storage : storages.entrySet()) {
        put(zip, "archive/data/" + storage.getKey(), storage.getValue());
      }
      for (var member : members.entrySet()) {
        put(zip, "archive/" + member.getKey(), member.getValue());
      }
      put(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return path;
  }

  private Path writeLegacy(Path path, byte[] object) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(legacyStart(1001));
    file.writeBytes(object);
    Pickle keys = Pickle.start().raw("](");
    storages.keySet().forEach(keys::text);
    file.writeBytes(keys.op('e').stop());
    storages.forEach(
        (key, bytes) -> {
          ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
          long count = counts.getOrDefault(key, 0L);
          file.writeBytes(ByteBuffer.allocate(8).order(order).putLong(count).array());
          file.writeBytes(bytes);
        });
    try {
      return Files.write(path, file.toByteArray());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The magic number, the version and the machine, a pickle each. */
  byte[] legacyStart(int version) {
    var start = new ByteArrayOutputStream();
    start.writeBytes(
        Pickle.start()
            .op(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
            .stop());
    start.writeBytes(Pickle.start().integer(version).stop());
    start.writeBytes(
        Pickle.start()
            .raw("}(")
            .text("protocol_version")
            .integer(version)
            .text("little_endian")
            .op(bigEndian ? 0x89 : 0x88)
            .text("type_sizes")
            .raw("}(")
            .text("short")
            .integer(2)
            .text("int")
            .integer(4)
            .text("long")
            .integer(4)
            .raw("uu")
            .stop());
    return start.toByteArray();
  }

  private void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    if (!compressed) {
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(checksum.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
