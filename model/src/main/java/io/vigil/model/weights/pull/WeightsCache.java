package io.vigil.model.weights.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;

/**
 * Files of weights, each in a folder that is called by its SHA-256: what is there was checked.
 *
 * @param folder made when the first file comes
 */
public record WeightsCache(Path folder) {

  /** The file of the published digest, if it was pulled. */
  Optional<Path> find(PublishedWeights weights) {
    return files(weights.file(), weights.sha256());
  }

  /** The file that was pulled last by that name, be its digest the published or a trusted one. */
  public Optional<Path> latest(PublishedWeights weights) {
    return files(weights.file(), "");
  }

  private Optional<Path> files(String name, String digestStart) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var digests = Files.list(folder)) {
      return digests
          .filter(digest -> digest.getFileName().toString().startsWith(digestStart))
          .map(digest -> digest.resolve(name))
          .filter(Files::isRegularFile)
          .max(Comparator.comparing(file -> file.toFile().lastModified()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Takes a file over. */
  Path keep(Path file, String sha256, String name) throws IOException {
    var kept = Files.createDirectories(folder.resolve(sha256)).resolve(name);
    return Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Where a file grows until it is whole. */
  Path partial(String name) throws IOException {
    return Files.createDirectories(folder).resolve(name + ".part");
  }
}
