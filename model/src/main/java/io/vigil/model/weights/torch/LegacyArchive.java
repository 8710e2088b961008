package io.vigil.model.weights.torch;

import io.vigil.model.weights.Closing;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.torch.PickledTensor.PickledStorage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file that {@code torch.save} wrote before PyTorch 1.6: pickles of a magic number, a version,
 * the machine, the object and the storages' keys, one behind the other; then each storage, its
 * elements counted and its bytes raw.
 */
final class LegacyArchive implements StateDictArchive {
  private static final int VERSION = 1001;
  private static final int COUNT_BYTES = Long.BYTES;

  private final Path path;
  private final FileChannel channel;
  private final ReadLimits limits;
  private final Object root;
  private final ByteOrder byteOrder;
  private final Map<String, Place> places = new HashMap<>();

  /** Where a storage's elements begin, and how many the file counts. */
  private record Place(long begin, long elements) {}

  private LegacyArchive(Path path, FileChannel channel, ReadLimits limits) throws IOException {
    this.path = path;
    this.channel = channel;
    this.limits = limits;
    long head = Math.min(channel.size(), limits.pickleBytes());
    PickleInput pickles = new PickleInput(bytes(0, (int) head).array());
    // the magic number, which told the format
    next(pickles);
    checkVersion(next(pickles));
    this.byteOrder = byteOrder(next(pickles));
    StateDictUnpickler unpickler = new StateDictUnpickler(pickles, limits);
    this.root = next(unpickler, pickles);
    findStorages(next(pickles), unpickler.storages(), pickles.position());
  }

  /**
   * @throws WeightsException if the file cannot be read or is cut off
   * @throws PickleRefused if a pickle is broken or does what a state_dict does not
   */
  static LegacyArchive open(Path path, ReadLimits limits) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path);
      return new LegacyArchive(path, channel, limits);
    } catch (IOException failure) {
      Closing.after(failure, channel);
      throw damaged(path, failure.getMessage(), failure);
    } catch (RuntimeException failure) {
      Closing.after(failure, channel);
      throw failure;
    }
  }

  private static WeightsException damaged(Path path, String what, Exception cause) {
    return new WeightsException(
        "%s is cut off or damaged: it begins as a PyTorch file (before 1.6), but %s. Fetch it again."
            .formatted(path, what),
        cause);
  }

  /** The next pickle's object. A file that ends inside of one is cut off, whatever it asks for. */
  private Object next(StateDictUnpickler unpickler, PickleInput pickles) throws IOException {
    try {
      return unpickler.unpickle();
    } catch (PickleRefused refused) {
      if (pickles.available() > 0) {
        throw refused;
      }
      throw new EOFException(
          channel.size() > limits.pickleBytes()
              ? "its pickles have more than %d bytes".formatted(limits.pickleBytes())
              : "it ends before its storages are named");
    }
  }

  private Object next(PickleInput pickles) throws IOException {
    return next(new StateDictUnpickler(pickles, limits), pickles);
  }

  private void checkVersion(Object version) {
    if (!(version instanceof Integer number) || number != VERSION) {
      throw new WeightsException(
          "%s is in a version of PyTorch's old format that is not known: %s, not %d."
              .formatted(path, Printable.text(String.valueOf(version)), VERSION));
    }
  }

  private ByteOrder byteOrder(Object machine) {
    Object little = machine instanceof Map<?, ?> map ? map.get("little_endian") : null;
    if (!(little instanceof Boolean isLittle)) {
      throw new WeightsException(
          "%s does not say which machine wrote it: no little_endian.".formatted(path));
    }
    return isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /** A storage's size is known only from the pickle, so one that no tensor names ends the way. */
  private void findStorages(Object keys, Map<String, PickledStorage> named, long start)
      throws IOException {
    if (!(keys instanceof List<?> list) || list.size() > limits.entries()) {
      throw new PickleRefused("ends with no list of at most " + limits.entries() + " storages");
    }
    long at = start;
    for (Object key : list) {
      PickledStorage storage = key instanceof String ? named.get(key) : null;
      if (storage == null || places.containsKey(storage.key())) {
        throw new PickleRefused(
            "lists a storage '%s' that %s"
                .formatted(
                    Printable.text(String.valueOf(key)),
                    storage == null ? "no tensor has" : "it listed before"));
      }
      long elements = bytes(at, COUNT_BYTES).order(byteOrder).getLong();
      places.put(storage.key(), new Place(at + COUNT_BYTES, elements));
      if (elements != storage.elements()) {
        // told by problem(), with all others; where the next one begins cannot be known
        return;
      }
      at = end(storage, at + COUNT_BYTES);
    }
  }

  private long end(PickledStorage storage, long begin) throws IOException {
    long most = (channel.size() - begin) / storage.type().bytes();
    if (storage.elements() < 0 || storage.elements() > most) {
      throw new EOFException(
          "its storage '%s' of %d elements of %s does not end"
              .formatted(
                  Printable.text(storage.key()), storage.elements(), storage.type().typeName()));
    }
    return begin + storage.elements() * storage.type().bytes();
  }

  private ByteBuffer bytes(long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("it ends after %d bytes".formatted(channel.size()));
      }
    }
    return bytes.flip();
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public Optional<String> problem(PickledStorage storage) {
    Place place = places.get(storage.key());
    String name = "storage '" + Printable.text(storage.key()) + "'";
    if (place == null) {
      return Optional.of(name + " is not in the file");
    }
    if (place.elements != storage.elements()) {
      return Optional.of(
          "%s has %d elements, where %d were claimed"
              .formatted(name, place.elements, storage.elements()));
    }
    return storage.elements() * storage.type().bytes() > limits.storageBytes()
        ? Optional.of(name + " has more than " + limits.storageBytes() + " bytes")
        : Optional.empty();
  }

  @Override
  public ByteBuffer storage(PickledStorage storage) {
    try {
      int count = (int) storage.elements() * storage.type().bytes();
      return bytes(places.get(storage.key()).begin, count).order(byteOrder);
    } catch (IOException failure) {
      throw damaged(path, failure.getMessage(), failure);
    }
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
