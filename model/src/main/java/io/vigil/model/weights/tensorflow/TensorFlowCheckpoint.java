package io.vigil.model.weights.tensorflow;

import io.vigil.model.weights.ElementType;
import io.vigil.model.weights.Tensor;
import io.vigil.model.weights.TensorFile;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.tensorflow.BundleIndex.Variable;
import io.vigil.model.weights.tensorflow.CheckpointView.Part;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A checkpoint of TensorFlow 1, as google/automl publishes them: {@code model.index} and {@code
 * model.data-00000-of-00001}.
 *
 * <pre>{@code
 * try (var file = TensorFlowCheckpoint.open(Path.of("efficientdet-d0/model"))) {
 *   Map<String, Tensor> tensors = file.read(file.shapes().keySet());
 * }
 * }</pre>
 */
public final class TensorFlowCheckpoint implements TensorFile {
  private static final String INDEX = ".index";
  private static final long MOST_INDEX_BYTES = 16L << 20;
  private static final int PROBLEMS_SHOWN = 20;

  private final Path prefix;
  private final Path name;
  private final Runnable afterwards;
  private final BundleIndex index;
  private final CheckpointView view;
  private final List<FileChannel> shards = new ArrayList<>();

  private TensorFlowCheckpoint(Path prefix, Path name, Runnable afterwards, BundleIndex index) {
    this.prefix = prefix;
    this.name = name;
    this.afterwards = afterwards;
    this.index = index;
    this.view = CheckpointView.of(index.variables());
  }

  /**
   * The prefix of a checkpoint's files, if a path is one: the prefix itself, one of its files, or
   * the folder of the only checkpoint.
   *
   * @throws WeightsException if the folder has several
   */
  public static Optional<Path> prefix(Path path) {
    if (Files.isDirectory(path)) {
      return only(path);
    }
    String name = path.toString().replaceFirst("\\.index$|\\.data-\\d{5}-of-\\d{5}$", "");
    boolean known = !Files.exists(path) || !name.equals(path.toString());
    return known && Files.isRegularFile(Path.of(name + INDEX))
        ? Optional.of(Path.of(name))
        : Optional.empty();
  }

  private static Optional<Path> only(Path folder) {
    try (var files = Files.newDirectoryStream(folder, "*" + INDEX)) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      if (found.size() > 1) {
        throw new WeightsException(
            "%s holds %d checkpoints; name one of them, such as %s."
                .formatted(
                    folder, found.size(), found.stream().sorted().findFirst().orElseThrow()));
      }
      return found.stream().findFirst().flatMap(TensorFlowCheckpoint::prefix);
    } catch (IOException failure) {
      throw new WeightsException(
          "%s cannot be read: %s".formatted(folder, failure.getMessage()), failure);
    }
  }

  /**
   * @throws WeightsException if a file is not there or damaged, or a variable reaches beyond it;
   *     all such variables are told together
   */
  public static TensorFlowCheckpoint open(Path prefix) {
    return open(prefix, prefix, () -> {});
  }

  /**
   * @param name for messages
   * @param afterwards done when it is closed
   */
  static TensorFlowCheckpoint open(Path prefix, Path name, Runnable afterwards) {
    BundleIndex index = index(Path.of(prefix + INDEX), name);
    var checkpoint = new TensorFlowCheckpoint(prefix, name, afterwards, index);
    try {
      checkpoint.openShards();
      checkpoint.checkPlaces();
      return checkpoint;
    } catch (IOException failure) {
      checkpoint.close();
      throw checkpoint.failed(failure);
    } catch (RuntimeException failure) {
      checkpoint.close();
      throw failure;
    }
  }

  private static BundleIndex index(Path path, Path name) {
    try {
      if (Files.size(path) > MOST_INDEX_BYTES) {
        throw new WeightsException(
            "%s has %d bytes; an index of at most %d is read."
                .formatted(indexOf(name), Files.size(path), MOST_INDEX_BYTES));
      }
      return BundleIndex.read(Files.readAllBytes(path));
    } catch (BrokenIndexException broken) {
      throw new WeightsException(
          "%s is no index of a TensorFlow checkpoint, or damaged: %s."
              .formatted(indexOf(name), broken.getMessage()),
          broken);
    } catch (IOException failure) {
      throw new WeightsException(
          "%s cannot be read: %s".formatted(indexOf(name), failure.getMessage()), failure);
    }
  }

  private static Path indexOf(Path name) {
    return Path.of(name + INDEX);
  }

  private void openShards() throws IOException {
    for (int i = 0; i < index.shards(); i++) {
      shards.add(FileChannel.open(shard(i)));
    }
  }

  private Path shard(int place) {
    return Path.of("%s.data-%05d-of-%05d".formatted(prefix, place, index.shards()));
  }

  private void checkPlaces() throws IOException {
    List<String> problems = new ArrayList<>();
    for (var entry : index.variables().entrySet()) {
      Variable variable = entry.getValue();
      long size = shards.get(variable.shard()).size();
      if (variable.offset() > size - variable.bytes()) {
        problems.add(
            "%n  %s: %d bytes at %d of %d"
                .formatted(entry.getKey(), variable.bytes(), variable.offset(), size));
      }
    }
    if (!problems.isEmpty()) {
      throw new WeightsException(
          "%s is cut off or damaged: %d variables of its index are not in its data.%s"
              .formatted(
                  name,
                  problems.size(),
                  String.join("", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size())))));
    }
  }

  private WeightsException failed(IOException failure) {
    return failure instanceof NoSuchFileException missing
        ? new WeightsException(
            "%s lacks its data: there is no %s.".formatted(name, missing.getMessage()), failure)
        : new WeightsException(
            "%s cannot be read: %s".formatted(name, failure.getMessage()), failure);
  }

  @Override
  public Path path() {
    return name;
  }

  /** {@code ExponentialMovingAverage} where the file has averages; they are what is published. */
  @Override
  public String section() {
    return view.averaged() ? "ExponentialMovingAverage" : "";
  }

  @Override
  public SortedMap<String, int[]> shapes() {
    SortedMap<String, int[]> shapes = new TreeMap<>();
    view.tensors().forEach((name, part) -> shapes.put(name, part.shape()));
    return shapes;
  }

  @Override
  public ElementType type(String name) {
    return index.variables().get(part(name).variables().get(0)).type();
  }

  @Override
  public Map<String, Tensor> read(Collection<String> names) {
    Map<String, Tensor> read = new HashMap<>();
    for (String name : names) {
      read.put(name, part(name).tensor(stored(part(name).variables())));
    }
    return read;
  }

  private float[] stored(List<String> variables) {
    float[][] parts = new float[variables.size()][];
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = values(variables.get(i));
      count += parts[i].length;
    }
    float[] all = new float[count];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private float[] values(String name) {
    Variable variable = index.variables().get(name);
    ByteBuffer bytes = bytes(variable);
    if (MaskedCrc.of(bytes) != variable.checksum()) {
      throw new WeightsException(
          "%s is damaged: the checksum of '%s' is wrong. Fetch it again."
              .formatted(this.name, name));
    }
    bytes.order(index.byteOrder());
    float[] values = new float[bytes.limit() / variable.type().bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = variable.type().read(bytes, i);
    }
    return values;
  }

  private ByteBuffer bytes(Variable variable) {
    ByteBuffer bytes = ByteBuffer.allocate((int) variable.bytes());
    FileChannel shard = shards.get(variable.shard());
    try {
      while (bytes.hasRemaining()) {
        if (shard.read(bytes, variable.offset() + bytes.position()) < 0) {
          throw new EOFException("it became shorter");
        }
      }
      return bytes.flip();
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private Part part(String name) {
    return Optional.ofNullable(view.tensors().get(name))
        .orElseThrow(() -> new WeightsException("%s: no tensor '%s'".formatted(this.name, name)));
  }

  @Override
  public void close() {
    for (FileChannel shard : shards) {
      try {
        shard.close();
      } catch (IOException failure) {
        throw failed(failure);
      }
    }
    afterwards.run();
  }
}
