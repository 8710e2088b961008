package io.vigil.model.weights.safetensors;

import io.vigil.model.weights.Closing;
import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.NamePrefixes;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.TensorFile;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.safetensors.SafetensorsHeader.Entry;
import io.vigil.model.weights.safetensors.SafetensorsHeader.NoHeaderException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A safetensors file: the length of the header in 8 bytes, the header as JSON, and the values.
 *
 * <pre>{@code
 * try (var file = SafetensorsFile.open(Path.of("d0.safetensors"))) {
 *   Map<String, Tensor> tensors = file.read(file.shapes().keySet());
 * }
 * }</pre>
 *
 * <p>Nothing is allocated that the file is not long enough for.
 */
public final class SafetensorsFile implements TensorFile {
  /** Behind the header's length. */
  private static final int LENGTH_BYTES = 8;

  /** Ten times the largest EfficientDet's. */
  private static final int MOST_HEADER_BYTES = 4 << 20;

  private static final int PROBLEMS_SHOWN = 20;

  private final Path path;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final Map<String, Entry> entries;
  private final String section;
  private final long data;

  private SafetensorsFile(Path path, FileChannel channel, SafetensorsHeader header, long data) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    var named = NamePrefixes.stripped(header.entries());
    this.entries = named.tensors();
    this.section = named.averages();
    this.data = data;
  }

  /** Whether a file that begins so may be safetensors: a length, and the brace of the JSON. */
  public static boolean beginsLikeOne(byte[] start) {
    return start.length > LENGTH_BYTES
        && start[LENGTH_BYTES] == '{'
        && ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong() >>> 32 == 0;
  }

  /**
   * @throws WeightsException if the file cannot be read or is not what its header says; all
   *     impossible tensors are told together
   */
  public static SafetensorsFile open(Path path) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path);
      return open(path, channel);
    } catch (IOException failure) {
      Closing.after(failure, channel);
      throw damaged(path, failure.getMessage(), failure);
    } catch (RuntimeException failure) {
      Closing.after(failure, channel);
      throw failure;
    }
  }

  private static SafetensorsFile open(Path path, FileChannel channel) throws IOException {
    long length = bytes(channel, 0, LENGTH_BYTES).getLong();
    long data = LENGTH_BYTES + length;
    if (length < 0 || length > MOST_HEADER_BYTES) {
      throw new WeightsException(
          "%s: its header claims %s bytes; at most %d are read."
              .formatted(path, Long.toUnsignedString(length), MOST_HEADER_BYTES));
    }
    if (data > channel.size()) {
      throw damaged(path, "its header of %d bytes does not end".formatted(length), null);
    }
    byte[] text = bytes(channel, LENGTH_BYTES, (int) length).array();
    try {
      var header = SafetensorsHeader.parse(text, channel.size() - data);
      check(path, header);
      return new SafetensorsFile(path, channel, header, data);
    } catch (NoHeaderException broken) {
      throw damaged(path, broken.getMessage(), broken);
    }
  }

  private static void check(Path path, SafetensorsHeader header) {
    int problems = header.problems().size();
    if (problems > 0) {
      String shown =
          header.problems().stream()
              .limit(PROBLEMS_SHOWN)
              .map("%n  %s"::formatted)
              .collect(Collectors.joining());
      String more = problems > PROBLEMS_SHOWN ? "%n  … and more".formatted() : "";
      throw new WeightsException(
          "%s is cut off, damaged or hostile: %d of its entries cannot be.%s%s"
              .formatted(path, problems, shown, more));
    }
  }

  private static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("it ends after %d bytes".formatted(channel.size()));
      }
    }
    return bytes.flip();
  }

  private static WeightsException damaged(Path path, String what, Exception cause) {
    return new WeightsException(
        "%s is cut off or damaged: it begins as safetensors, but %s. Fetch it again."
            .formatted(path, what),
        cause);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public String section() {
    return section;
  }

  @Override
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public SortedMap<String, int[]> shapes() {
    SortedMap<String, int[]> shapes = new TreeMap<>();
    entries.forEach((name, entry) -> shapes.put(name, entry.shape()));
    return shapes;
  }

  @Override
  public ElementType type(String name) {
    return entry(name).type();
  }

  @Override
  public Map<String, Tensor> read(Collection<String> names) {
    Map<String, Tensor> read = new HashMap<>();
    names.forEach(name -> read.put(name, tensor(name, entry(name))));
    return read;
  }

  private Tensor tensor(String name, Entry entry) {
    long length = entry.end() - entry.begin();
    if (length > Integer.MAX_VALUE) {
      throw new WeightsException(
          "%s: tensor '%s' has %d bytes, more than 2 GiB.".formatted(path, name, length));
    }
    try {
      ByteBuffer bytes = bytes(channel, data + entry.begin(), (int) length);
      float[] values = new float[(int) length / entry.type().bytes()];
      for (int i = 0; i < values.length; i++) {
        values[i] = entry.type().read(bytes, i);
      }
      return new Tensor(entry.shape(), values);
    } catch (IOException failure) {
      throw damaged(path, failure.getMessage(), failure);
    }
  }

  private Entry entry(String name) {
    return Optional.ofNullable(entries.get(name))
        .orElseThrow(() -> new WeightsException("%s: no tensor '%s'".formatted(path, name)));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw damaged(path, failure.getMessage(), failure);
    }
  }
}
