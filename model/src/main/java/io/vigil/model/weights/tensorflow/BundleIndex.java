package io.vigil.model.weights.tensorflow;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.torch.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The index of a checkpoint: a header under the empty key, and for each variable its type, its
 * shape, and where its values are. Texts and other types that are no numbers are passed over.
 *
 * @param shards data files
 * @param byteOrder of the values
 * @param variables by name
 */
record BundleIndex(int shards, ByteOrder byteOrder, Map<String, Variable> variables) {
  private static final int MOST_SHARDS = 1000;
  private static final int MOST_DIMENSIONS = 8;

  /**
   * @param checksum masked CRC-32C of the bytes
   */
  record Variable(
      ElementType type, int[] shape, int shard, long offset, long bytes, int checksum) {}

  static BundleIndex read(byte[] file) throws BrokenIndexException {
    Map<String, ByteBuffer> entries = SortedTable.read(file);
    ByteBuffer header = entries.remove("");
    if (header == null) {
      throw new BrokenIndexException("it has no header");
    }
    Fields fields = Fields.read(header);
    long shards = fields.number(1);
    if (shards < 1 || shards > MOST_SHARDS) {
      throw new BrokenIndexException("it names %d data files", shards);
    }
    Map<String, Variable> variables = new TreeMap<>();
    for (var entry : entries.entrySet()) {
      variable(entry.getKey(), Fields.read(entry.getValue()), (int) shards)
          .ifPresent(variable -> variables.put(entry.getKey(), variable));
    }
    ByteOrder order = fields.number(2) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new BundleIndex((int) shards, order, variables);
  }

  private static Optional<Variable> variable(String name, Fields fields, int shards)
      throws BrokenIndexException {
    Optional<ElementType> type = ElementType.ofTensorFlow(fields.number(1));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    String shown = Printable.text(name);
    if (fields.has(7)) {
      throw new BrokenIndexException("%s is stored in slices, which are not read", shown);
    }
    int[] shape = shape(shown, fields);
    long bytes = type.get().bytes();
    for (int size : shape) {
      // cannot overflow: a product beyond the field's value stops it
      bytes = bytes > Integer.MAX_VALUE ? bytes : bytes * size;
    }
    if (bytes != fields.number(5) || bytes > Integer.MAX_VALUE) {
      throw new BrokenIndexException(
          "%s: its shape has %d bytes, but %d are stored", shown, bytes, fields.number(5));
    }
    if (fields.number(3) < 0 || fields.number(3) >= shards || fields.number(4) < 0) {
      throw new BrokenIndexException(
          "%s lies at byte %d of data file %d of %d",
          shown, fields.number(4), fields.number(3), shards);
    }
    return Optional.of(
        new Variable(
            type.get(),
            shape,
            (int) fields.number(3),
            fields.number(4),
            bytes,
            (int) fields.number(6)));
  }

  private static int[] shape(String name, Fields fields) throws BrokenIndexException {
    List<ByteBuffer> dimensions = new ArrayList<>();
    for (ByteBuffer shape : fields.messages(2)) {
      dimensions.addAll(Fields.read(shape).messages(2));
    }
    if (dimensions.size() > MOST_DIMENSIONS) {
      throw new BrokenIndexException("%s has %d dimensions", name, dimensions.size());
    }
    int[] sizes = new int[dimensions.size()];
    for (int i = 0; i < sizes.length; i++) {
      long size = Fields.read(dimensions.get(i)).number(1);
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new BrokenIndexException("%s has a dimension of %d", name, size);
      }
      sizes[i] = (int) size;
    }
    return sizes;
  }

  /** A protobuf message without its description: numbers and messages by field number. */
  private record Fields(Map<Integer, Long> numbers, Map<Integer, List<ByteBuffer>> lists) {

    static Fields read(ByteBuffer message) throws BrokenIndexException {
      var fields = new Fields(new TreeMap<>(), new TreeMap<>());
      try {
        CodedInputStream in = CodedInputStream.newInstance(message.duplicate());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          fields.add(tag, in);
        }
      } catch (IOException broken) {
        throw new BrokenIndexException("an entry is no protobuf message");
      }
      return fields;
    }

    private void add(int tag, CodedInputStream in) throws IOException {
      int field = WireFormat.getTagFieldNumber(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_VARINT -> numbers.put(field, in.readInt64());
        case WireFormat.WIRETYPE_FIXED32 -> numbers.put(field, (long) in.readFixed32());
        case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            lists
                .computeIfAbsent(field, first -> new ArrayList<>())
                .add(ByteBuffer.wrap(in.readByteArray()));
        default -> in.skipField(tag);
      }
    }

    /** 0 where it is not there, as protobuf has it. */
    long number(int field) {
      return numbers.getOrDefault(field, 0L);
    }

    List<ByteBuffer> messages(int field) {
      return lists.getOrDefault(field, List.of());
    }

    boolean has(int field) {
      return lists.containsKey(field);
    }
  }
}
