package io.vigil.model.weights.tensorflow;

import com.google.protobuf.CodedOutputStream;
import io.vigil.model.backend.ShapeReading;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.weights.ParameterSpec.Role;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.Weights;
import io.vigil.model.weights.names.NameScheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes what TensorFlow's BundleWriter writes, honest unless told otherwise. */
public final class CheckpointWriter {
  private static final int RESTART_INTERVAL = 16;
  private static final int BLOCK_BYTES = 4096;

  private final SortedMap<String, byte[]> entries = new TreeMap<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int compression;

  /** All variables of a network as google/automl has them: HWIO, a scalar for each fused input. */
  public static CheckpointWriter of(EfficientDetConfig config, Weights weights, String suffix) {
    var writer = new CheckpointWriter();
    writer.add(config, weights, suffix);
    return writer;
  }

  void add(EfficientDetConfig config, Weights weights, String suffix) {
    var table = NameScheme.GOOGLE.table(config);
    for (var parameter : ShapeReading.of(config).parameters()) {
      Tensor tensor = weights.tensor(parameter.name());
      String name = table.of(parameter.name());
      int[] shape = tensor.shape();
      if (parameter.role() == Role.FUSION_WEIGHTS) {
        for (int i = 0; i < shape[0]; i++) {
          add(name + (i == 0 ? "" : "_" + i) + suffix, new float[] {tensor.values()[i]});
        }
      } else if (shape.length == 4) {
        addKernel(name, name + suffix, tensor);
      } else {
        add(name + suffix, tensor.values(), shape);
      }
    }
  }

  private void addKernel(String name, String stored, Tensor oihw) {
    int[] s = oihw.shape();
    boolean depthwise = name.endsWith("depthwise_kernel");
    float[] values = new float[oihw.values().length];
    int at = 0;
    for (int place = 0; place < s[2] * s[3]; place++) {
      for (int second = 0; second < (depthwise ? s[0] : s[1]); second++) {
        for (int last = 0; last < (depthwise ? s[1] : s[0]); last++) {
          int output = depthwise ? second : last;
          int input = depthwise ? last : second;
          values[at++] = oihw.values()[(output * s[1] + input) * s[2] * s[3] + place];
        }
      }
    }
    int[] turned =
        depthwise ? new int[] {s[2], s[3], s[0], s[1]} : new int[] {s[2], s[3], s[1], s[0]};
    add(stored, values, turned);
  }

  CheckpointWriter add(String name, float[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return add(name, 1, bytes.array(), shape);
  }

  CheckpointWriter add(String name, int type, byte[] bytes, int... shape) {
    long offset = data.size();
    data.writeBytes(bytes);
    return entry(name, type, 0, offset, bytes.length, MaskedCrc.of(ByteBuffer.wrap(bytes)), shape);
  }

  /** An entry as it is claimed to be. */
  CheckpointWriter entry(
      String name, int type, int shard, long offset, long size, int checksum, int... shape) {
    entries.put(
        name,
        message(
            out -> {
              out.writeInt32(1, type);
              out.writeByteArray(2, shape(shape));
              if (shard != 0) {
                out.writeInt32(3, shard);
              }
              if (offset != 0) {
                out.writeInt64(4, offset);
              }
              out.writeInt64(5, size);
              out.writeFixed32(6, checksum);
            }));
    return this;
  }

  CheckpointWriter raw(String name, byte[] value) {
    entries.put(name, value);
    return this;
  }

  CheckpointWriter compression(int type) {
    compression = type;
    return this;
  }

  private static byte[] shape(int... sizes) {
    return message(
        out -> {
          for (int size : sizes) {
            out.writeByteArray(2, message(dimension -> dimension.writeInt64(1, size)));
          }
        });
  }

  private interface Content {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Content content) {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    try {
      content.writeTo(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Returns the prefix. */
  public Path write(Path prefix) {
    entries.putIfAbsent(
        "",
        message(
            out -> {
              out.writeInt32(1, 1);
              out.writeByteArray(3, message(version -> version.writeInt32(1, 1)));
            }));
    try {
      Files.write(Path.of(prefix + ".index"), table());
      Files.write(Path.of(prefix + ".data-00000-of-00001"), data.toByteArray());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return prefix;
  }

  private byte[] table() {
    var file = new ByteArrayOutputStream();
    List<String> lastKeys = new ArrayList<>();
    List<byte[]> handles = new ArrayList<>();
    var block = new Block();
    for (var entry : entries.entrySet()) {
      block.add(entry.getKey(), entry.getValue());
      if (block.bytes.size() > BLOCK_BYTES || entry.getKey().equals(entries.lastKey())) {
        lastKeys.add(entry.getKey());
        handles.add(block.writeTo(file, compression));
        block = new Block();
      }
    }
    byte[] filters = new Block().writeTo(file, 0);
    var index = new Block();
    for (int i = 0; i < handles.size(); i++) {
      index.restartAlways().add(lastKeys.get(i), handles.get(i));
    }
    byte[] handle = index.writeTo(file, 0);
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(filters).put(handle).position(40);
    file.writeBytes(footer.putLong(0xdb4775248b80fb57L).array());
    return file.toByteArray();
  }

  private static final class Block {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> restarts = new ArrayList<>(List.of(0));
    private byte[] last = {};
    private int sinceRestart;
    private int interval = RESTART_INTERVAL;

    Block restartAlways() {
      interval = 1;
      return this;
    }

    void add(String key, byte[] value) {
      byte[] text = key.getBytes(StandardCharsets.UTF_8);
      int shared = 0;
      if (sinceRestart >= interval) {
        restarts.add(bytes.size());
        sinceRestart = 0;
      } else {
        while (shared < Math.min(last.length, text.length) && last[shared] == text[shared]) {
          shared++;
        }
      }
      varint(bytes, shared);
      varint(bytes, text.length - shared);
      varint(bytes, value.length);
      bytes.write(text, shared, text.length - shared);
      bytes.writeBytes(value);
      last = text;
      sinceRestart++;
    }

    byte[] writeTo(ByteArrayOutputStream file, int type) {
      ByteBuffer end = ByteBuffer.allocate(4 * restarts.size() + 4).order(ByteOrder.LITTLE_ENDIAN);
      restarts.forEach(end::putInt);
      end.putInt(restarts.size());
      bytes.writeBytes(end.array());
      var handle = new ByteArrayOutputStream();
      varint(handle, file.size());
      varint(handle, bytes.size());
      bytes.write(type);
      int checksum = MaskedCrc.of(ByteBuffer.wrap(bytes.toByteArray()));
      file.writeBytes(bytes.toByteArray());
      file.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(checksum).array());
      return handle.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, int value) {
      int left = value;
      while (left >= 0x80) {
        out.write(left & 0x7f | 0x80);
        left >>>= 7;
      }
      out.write(left);
    }
  }
}
