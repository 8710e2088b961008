package io.vigil.model.weights.pull;

import io.vigil.model.digest.Sha256;
import io.vigil.model.weights.WeightsException;
import io.vigil.model.weights.WeightsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Gets published weights: goes on where an earlier try ended, and keeps nothing whose digest is not
 * the published one.
 *
 * <pre>{@code
 * var cache = new WeightsCache(folder);
 * var pull = new WeightsPull(cache, Optional.empty(), ProxySelector.getDefault());
 * Path file = pull.pull(PublishedWeights.named("d0"), bytes -> {});
 * }</pre>
 */
public final class WeightsPull {

  private static final long MOST_BYTES = 2L << 30;
  private static final int SHA256_DIGITS = 64;
  private static final int FRUITLESS_TRIES = 3;
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final WeightsCache cache;
  private final Optional<URI> mirror;
  private final Fetch fetch;

  /**
   * @param mirror a folder, {@code file:}, {@code http:} or {@code https:}, with files of the
   *     published names
   */
  public WeightsPull(WeightsCache cache, Optional<URI> mirror, ProxySelector proxies) {
    this(cache, mirror, new Fetch(proxies, SILENCE));
  }

  WeightsPull(WeightsCache cache, Optional<URI> mirror, Fetch fetch) {
    this.cache = cache;
    this.mirror = mirror;
    this.fetch = fetch;
  }

  /** Where the file comes from. */
  public URI address(PublishedWeights weights) {
    return mirror
        .map(folder -> folder.toString().endsWith("/") ? folder : URI.create(folder + "/"))
        .map(folder -> folder.resolve(weights.file()))
        .orElse(weights.address());
  }

  /**
   * @return the file in the cache
   * @throws WeightsException if it cannot be had, or is not what was published; says how to get it
   *     by hand
   */
  public Path pull(PublishedWeights weights, PullProgress progress) {
    return cache
        .find(weights)
        .filter(WeightsPull::isAsItWasKept)
        .orElseGet(() -> fetched(weights, progress));
  }

  /** A disk, or somebody, may have changed it. */
  private static boolean isAsItWasKept(Path file) {
    try {
      return Sha256.of(file).equals(file.getParent().getFileName().toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path fetched(PublishedWeights weights, PullProgress progress) {
    try {
      var part = cache.partial(weights.file());
      try (var channel =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock(channel, part);
        fetch(weights, channel, progress);
        return checked(weights, part);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Until the channel is closed. */
  private static void lock(FileChannel channel, Path part) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException inThisProcess) {
      // told below
    }
    throw new WeightsException(part + ": is being pulled already; wait for that to end");
  }

  private void fetch(PublishedWeights weights, FileChannel part, PullProgress progress)
      throws IOException {
    long limit = weights.bytes().orElse(MOST_BYTES);
    for (int fruitless = 0; ; ) {
      long before = part.size();
      try {
        fetch.rest(address(weights), part, limit, progress);
        if (part.size() >= weights.bytes().orElse(0L)) {
          return;
        }
        throw new IOException("it ends after %d of %d bytes".formatted(part.size(), limit));
      } catch (Fetch.RefusedException refused) {
        part.truncate(0);
        throw unreachable(weights, refused);
      } catch (IOException failure) {
        fruitless = part.size() > before ? 0 : fruitless + 1;
        if (fruitless == FRUITLESS_TRIES) {
          throw unreachable(weights, failure);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new WeightsException(weights.name() + ": interrupted; pull again to go on");
      }
    }
  }

  private Path checked(PublishedWeights weights, Path part) throws IOException {
    var digest = Sha256.of(part);
    if (!digest.startsWith(weights.sha256())) {
      long bytes = Files.size(part);
      Files.delete(part);
      throw new WeightsException(
          "%s: what came from %s (%d bytes) has the SHA-256 %s, and the published one %s %s;"
                  .formatted(
                      weights.name(),
                      address(weights),
                      bytes,
                      digest,
                      isOrBegins(weights),
                      weights.sha256())
              + " it was deleted. Pull again, or from another --mirror, or name the digest that you trust"
              + " with --sha256");
    }
    if (weights.sha256().isEmpty()) {
      requireWeights(weights, part);
    }
    return cache.keep(part, digest, weights.file());
  }

  /** Where no digest was published, at least a web page or half a file is not kept. */
  private void requireWeights(PublishedWeights weights, Path part) throws IOException {
    try (var opened = WeightsFile.open(part)) {
      opened.shapes();
    } catch (WeightsException broken) {
      long bytes = Files.size(part);
      Files.delete(part);
      throw new WeightsException(
          "%s: what came from %s (%d bytes) is no file of weights, or a part of one; it was deleted. Pull again, or from another --mirror. (%s)"
              .formatted(weights.name(), address(weights), bytes, broken.getMessage()),
          broken);
    }
  }

  private WeightsException unreachable(PublishedWeights weights, IOException failure) {
    return new WeightsException(
        "%s cannot be had from %s: %s. Pull again to go on where it ended. By hand: get %s elsewhere%s,"
                .formatted(
                    weights.name(),
                    address(weights),
                    reason(failure),
                    weights.address(),
                    digestToCheck(weights))
            + " put it into a folder here, and run: vigil model pull %s --mirror FOLDER"
                .formatted(weights.name()),
        failure);
  }

  private static String reason(IOException failure) {
    if (failure instanceof ConnectException) {
      return "no connection";
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    var message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.equals("closed") ? "the connection was closed before its end" : message;
  }

  private static String digestToCheck(PublishedWeights weights) {
    if (weights.sha256().isEmpty()) {
      return "";
    }
    return " (its SHA-256 %s %s)".formatted(isOrBegins(weights), weights.sha256());
  }

  private static String isOrBegins(PublishedWeights weights) {
    return weights.sha256().length() < SHA256_DIGITS ? "begins with" : "is";
  }
}
