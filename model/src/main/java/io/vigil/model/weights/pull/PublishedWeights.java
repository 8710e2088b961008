package io.vigil.model.weights.pull;

import io.vigil.model.config.Normalization;
import io.vigil.model.config.Suggestion;
import io.vigil.model.detect.Convention;
import io.vigil.model.weights.WeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Weights that somebody published.
 *
 * @param name that they are pulled by
 * @param level of the compound-scaling table
 * @param bytes the file's size, if it is known
 * @param sha256 the file's digest, hex, or its beginning; empty if none was published
 * @param valAp COCO AP on val2017 as published, percent; empty if none was
 * @param licence SPDX, or {@code unknown}
 * @param purpose what they are for
 */
public record PublishedWeights(
    String name,
    String level,
    URI address,
    Optional<Long> bytes,
    String sha256,
    String valAp,
    String licence,
    Purpose purpose) {

  private static final String UNKNOWN = "?";
  private static final String BACKBONE = "backbone";
  private static final List<PublishedWeights> ALL = read();

  /** In the order of the table. */
  public static List<PublishedWeights> all() {
    return ALL;
  }

  /**
   * @throws WeightsException if nothing of that name is known; names the nearest
   */
  public static PublishedWeights named(String name) {
    return find(name)
        .orElseThrow(
            () -> {
              var names = ALL.stream().map(PublishedWeights::name).toList();
              var hint = Suggestion.nearest(name, names).map(near -> " Did you mean " + near + "?");
              return new WeightsException(
                  "No published weights are called '%s'.%s vigil model pull, without a name, lists those that there are."
                      .formatted(name, hint.orElse("")));
            });
  }

  public static Optional<PublishedWeights> find(String name) {
    return ALL.stream().filter(weights -> weights.name.equalsIgnoreCase(name)).findFirst();
  }

  /** The file's own name. */
  public String file() {
    var path = address.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The same with a digest that the caller trusts; the size is no longer known. */
  public PublishedWeights withSha256(String digest) {
    return new PublishedWeights(
        name,
        level,
        address,
        Optional.empty(),
        digest.toLowerCase(Locale.ROOT),
        valAp,
        licence,
        purpose);
  }

  private static List<PublishedWeights> read() {
    try (var table = PublishedWeights.class.getResourceAsStream("published.tsv")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> of(line.split("\t")))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static PublishedWeights of(String[] row) {
    return new PublishedWeights(
        row[0],
        row[1],
        URI.create(row[2]),
        Optional.of(row[3]).filter(bytes -> !bytes.equals(UNKNOWN)).map(Long::valueOf),
        known(row[4]),
        known(row[5]),
        row[6],
        purpose(row[7], row[8], row[9]));
  }

  private static Purpose purpose(String use, String normalization, String resolution) {
    if (use.equals(BACKBONE)) {
      return Purpose.ofBackbone();
    }
    return new Purpose(
        false,
        Convention.valueOf(use.toUpperCase(Locale.ROOT)),
        Optional.of(known(normalization)).filter(name -> !name.isEmpty()).map(Normalization::of),
        Optional.of(known(resolution)).filter(pixels -> !pixels.isEmpty()).map(Integer::valueOf));
  }

  private static String known(String value) {
    return value.equals(UNKNOWN) ? "" : value;
  }
}
