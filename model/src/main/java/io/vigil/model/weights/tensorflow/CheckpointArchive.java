package io.vigil.model.weights.tensorflow;

import io.vigil.model.weights.TensorFile;
import io.vigil.model.weights.WeightsException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A checkpoint as google/automl publishes it, {@code efficientdet-d0.tar.gz}: index and data are
 * unpacked into a folder of their own for as long as they are read, whatever else there is is
 * passed over.
 */
public final class CheckpointArchive {
  private static final Pattern WANTED = Pattern.compile("[\\w.-]+\\.(index|data-\\d{5}-of-\\d{5})");

  /** Weights hardly shrink, and what describes the graph beside them is small. */
  private static final long INFLATION = 16;

  private static final long SMALLEST_BOUND = 1 << 20;
  private static final int NAMES_SHOWN = 3;

  private CheckpointArchive() {}

  /**
   * @throws WeightsException if the archive is damaged, unpacks to far more than its own size, or
   *     holds no checkpoint or several
   */
  public static TensorFile open(Path archive) {
    Path folder = folder(archive);
    try {
      unpack(archive, folder);
      Path prefix = TensorFlowCheckpoint.prefix(folder).orElseThrow();
      return TensorFlowCheckpoint.open(prefix, archive, () -> remove(folder));
    } catch (IOException failure) {
      remove(folder);
      throw new WeightsException(
          "%s is cut off or damaged: it begins as an archive (gzip), but %s. Fetch it again."
              .formatted(archive, reason(failure)),
          failure);
    } catch (RuntimeException failure) {
      remove(folder);
      throw failure;
    }
  }

  private static Path folder(Path archive) {
    try {
      return Files.createTempDirectory("vigil-checkpoint");
    } catch (IOException failure) {
      throw new WeightsException(
          "%s cannot be unpacked: no temporary folder (%s)".formatted(archive, failure), failure);
    }
  }

  private static String reason(IOException failure) {
    boolean ended = failure instanceof EOFException || failure.getMessage() == null;
    return ended ? "it ends too early" : failure.getMessage();
  }

  private static void unpack(Path archive, Path folder) throws IOException {
    long most = Math.max(SMALLEST_BOUND, INFLATION * Files.size(archive));
    List<String> names = new ArrayList<>();
    int indexes = 0;
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarReader tar = new TarReader(new GZIPInputStream(file))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        most -= entry.get().bytes();
        if (most < 0) {
          throw new WeightsException(
              "%s: would unpack to more than %d times its own size; weights do not shrink so."
                  .formatted(archive, INFLATION));
        }
        names.add(entry.get().name());
        Optional<String> wanted = wanted(entry.get());
        if (wanted.isPresent()) {
          indexes += wanted.get().endsWith(".index") ? 1 : 0;
          copy(tar, folder.resolve(wanted.get()));
        }
      }
    }
    if (indexes != 1) {
      throw new WeightsException(
          "%s: an archive with %d TensorFlow checkpoints (*.index), where one was expected; it begins with %s."
              .formatted(archive, indexes, names.stream().limit(NAMES_SHOWN).toList()));
    }
  }

  /** The file's own name, whatever folders it claims to be in. */
  private static Optional<String> wanted(TarReader.Entry entry) {
    String name = entry.name().substring(entry.name().lastIndexOf('/') + 1);
    return entry.regular() && WANTED.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }

  private static void copy(InputStream from, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      from.transferTo(out);
    }
  }

  private static void remove(Path folder) {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException stays) {
      folder.toFile().deleteOnExit();
    }
  }
}
