package io.vigil.model.weights.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/** Writes tensors, in the order of their names; the same tensors give the same bytes. */
public final class SafetensorsWriter {
  /** Readers may map the values into memory. */
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * In float32.
   *
   * @param metadata what the file is to say of itself, sorted by key
   */
  public static void write(
      OutputStream out, SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata)
      throws IOException {
    write(out, ElementType.FLOAT, tensors, metadata);
  }

  /**
   * @param type float32 or float16
   * @param metadata what the file is to say of itself, sorted by key
   */
  public static void write(
      OutputStream out,
      ElementType type,
      SortedMap<String, Tensor> tensors,
      SortedMap<String, String> metadata)
      throws IOException {
    byte[] header = header(type, tensors, metadata);
    int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] text = Arrays.copyOf(header, padded);
    Arrays.fill(text, header.length, padded, (byte) ' ');
    out.write(littleEndian(Long.BYTES).putLong(padded).array());
    out.write(text);
    for (Tensor tensor : tensors.values()) {
      ByteBuffer bytes = littleEndian(type.bytes() * tensor.values().length);
      type.put(bytes, tensor.values());
      out.write(bytes.array());
    }
  }

  private static byte[] header(
      ElementType type, SortedMap<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    root.set("__metadata__", json.valueToTree(metadata));
    long at = 0;
    for (var entry : tensors.entrySet()) {
      long end = at + (long) type.bytes() * entry.getValue().values().length;
      ObjectNode tensor = root.putObject(entry.getKey());
      tensor.put("dtype", type.safetensorsName());
      tensor.set("shape", json.valueToTree(entry.getValue().shape()));
      tensor.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    return json.writeValueAsBytes(root);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
