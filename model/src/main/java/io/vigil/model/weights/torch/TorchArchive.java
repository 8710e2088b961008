package io.vigil.model.weights.torch;

import io.vigil.model.weights.Closing;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.torch.PickledTensor.PickledStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip archive that {@code torch.save} writes: NAME/data.pkl, NAME/data/0, NAME/data/1, …,
 * NAME/byteorder. Sizes are bounded before anything is read, and checksums are checked.
 */
final class TorchArchive implements StateDictArchive {
  private static final String PICKLE = "data.pkl";
  private static final int SMALLEST_BOUND = 1 << 20;

  private final Path path;
  private final ZipFile zip;
  private final ReadLimits limits;
  private final Map<String, ZipEntry> entries;
  private final String root;
  private final ByteOrder byteOrder;

  private TorchArchive(Path path, ZipFile zip, ReadLimits limits) throws IOException {
    this.path = path;
    this.zip = zip;
    this.limits = limits;
    this.entries = index();
    this.root = findRoot();
    this.byteOrder = readByteOrder();
  }

  /**
   * @throws WeightsException if the file is no such archive
   */
  static TorchArchive open(Path path, ReadLimits limits) {
    ZipFile zip = openZip(path, limits);
    try {
      return new TorchArchive(path, zip, limits);
    } catch (IOException failure) {
      Closing.after(failure, zip);
      throw damaged(path, failure);
    } catch (RuntimeException failure) {
      Closing.after(failure, zip);
      throw failure;
    }
  }

  private static ZipFile openZip(Path path, ReadLimits limits) {
    try {
      ZipTail tail = ZipTail.read(path);
      if (tail.entries() > limits.entries() || tail.directoryBytes() > limits.entries() * 256L) {
        throw new WeightsException(
            "%s: its zip directory claims %d members in %d bytes; at most %d members are read."
                .formatted(path, tail.entries(), tail.directoryBytes(), limits.entries()));
      }
      return new ZipFile(path.toFile());
    } catch (IOException failure) {
      throw damaged(path, failure);
    }
  }

  private static WeightsException damaged(Path path, IOException failure) {
    return new WeightsException(
        "%s is cut off or damaged: it begins as a PyTorch file (zip), but %s. Fetch it again."
            .formatted(path, failure.getMessage()),
        failure);
  }

  private Map<String, ZipEntry> index() throws IOException {
    Map<String, ZipEntry> byName = new HashMap<>();
    long left = Math.max(SMALLEST_BOUND, path.toFile().length() * limits.inflation());
    for (ZipEntry entry : members()) {
      left -= entry.getSize();
      if (entry.getSize() < 0 || left < 0) {
        throw new WeightsException(
            "%s: its members would inflate to more than %d times the file; torch.save does not compress."
                .formatted(path, limits.inflation()));
      }
      if (byName.put(entry.getName(), entry) != null) {
        throw new WeightsException(
            "%s: holds '%s' twice.".formatted(path, Printable.text(entry.getName())));
      }
    }
    return byName;
  }

  private List<? extends ZipEntry> members() throws IOException {
    try {
      return Collections.list(zip.entries());
    } catch (IllegalArgumentException noUtf8) {
      throw new ZipException("a member's name is no text");
    }
  }

  private String findRoot() {
    List<String> pickles =
        entries.keySet().stream()
            .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
            .toList();
    if (pickles.size() != 1) {
      throw new WeightsException(
          "%s: a zip archive with %d members named data.pkl, where a PyTorch state_dict has one."
              .formatted(path, pickles.size()));
    }
    String found = pickles.get(0);
    String prefix = found.substring(0, found.length() - PICKLE.length());
    if (entries.containsKey(prefix + "constants.pkl")) {
      throw new WeightsException(
          ("%s: a TorchScript program, where a state_dict was expected. Convert it with: python3 -c"
                  + " \"import torch; torch.save(torch.jit.load('%s').state_dict(), 'weights.pth')\"")
              .formatted(path, path));
    }
    return prefix;
  }

  private ByteOrder readByteOrder() throws IOException {
    ZipEntry entry = entries.get(root + "byteorder");
    if (entry == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String order = new String(read(entry, 16), StandardCharsets.US_ASCII);
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw new WeightsException(
              "%s: byteorder is '%s', which is neither little nor big."
                  .formatted(path, Printable.text(order)));
    };
  }

  @Override
  public Object root() {
    byte[] pickle = readOrFail(entries.get(root + PICKLE), limits.pickleBytes());
    return StateDictUnpickler.unpickle(pickle, limits);
  }

  @Override
  public ByteBuffer storage(PickledStorage storage) {
    byte[] bytes = readOrFail(entries.get(root + "data/" + storage.key()), limits.storageBytes());
    return ByteBuffer.wrap(bytes).order(byteOrder);
  }

  @Override
  public Optional<String> problem(PickledStorage storage) {
    ZipEntry entry = entries.get(root + "data/" + storage.key());
    String name = "data/" + Printable.text(storage.key());
    if (entry == null) {
      return Optional.of(name + " is not in the file");
    }
    if (entry.getSize() > limits.storageBytes()) {
      return Optional.of(name + " has more than " + limits.storageBytes() + " bytes");
    }
    long width = storage.type().bytes();
    if (entry.getSize() % width != 0 || entry.getSize() / width != storage.elements()) {
      return Optional.of(
          "%s has %d bytes, where %d elements of %s were claimed"
              .formatted(name, entry.getSize(), storage.elements(), storage.type().typeName()));
    }
    return Optional.empty();
  }

  private byte[] readOrFail(ZipEntry entry, int most) {
    try {
      return read(entry, most);
    } catch (IOException failure) {
      throw damaged(path, failure);
    }
  }

  private byte[] read(ZipEntry entry, int most) throws IOException {
    String name = Printable.text(entry.getName());
    if (entry.getSize() > most) {
      throw new WeightsException(
          "%s: '%s' has %d bytes; at most %d are read."
              .formatted(path, name, entry.getSize(), most));
    }
    byte[] bytes = new byte[(int) entry.getSize()];
    try (InputStream in = zip.getInputStream(entry)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length || in.read() >= 0) {
        throw new IOException("'%s' is not as long as its directory says".formatted(name));
      }
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (checksum.getValue() != entry.getCrc()) {
      throw new IOException("the checksum of '%s' is wrong".formatted(name));
    }
    return bytes;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException failure) {
      throw damaged(path, failure);
    }
  }
}
