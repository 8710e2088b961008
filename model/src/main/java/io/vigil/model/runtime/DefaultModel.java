package io.vigil.model.runtime;

import io.vigil.model.digest.Sha256;
import io.vigil.model.weights.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The model that comes with Vigil: {@code drawn}, a D0 that learned from drawn streets and knows
 * nothing of real ones. {@code docs/default-model.md} is its card.
 */
public final class DefaultModel {
  /** What it is asked for by, and the domain of its events. */
  public static final String NAME = "drawn";

  private static final String LEVEL = "d0";
  private static final int RESOLUTION = 1024;
  private static final double ANCHOR_SCALE = 2.5;
  private static final String WEIGHTS = "drawn/weights.safetensors";
  private static final String LABELS = "drawn/drawn.labels";

  private DefaultModel() {}

  /**
   * @param folder where the weights are put if they are not there yet
   * @throws DetectorException if they cannot be written
   */
  static ModelRecipe recipe(Path folder) {
    return ModelRecipe.of(LEVEL, weights(folder))
        .withResolution(RESOLUTION)
        .withAnchorScale(ANCHOR_SCALE)
        .withLabels(LabelMap.ofResource(LABELS))
        .withDomain(NAME)
        .withLicence("Apache-2.0");
  }

  /** By their digest, so that another version's are not taken for these. */
  private static Path weights(Path folder) {
    byte[] bytes = bytes();
    Path file = folder.resolve(NAME + "-" + Sha256.of(bytes) + ".safetensors");
    if (!Files.isRegularFile(file)) {
      try {
        WholeFile.write(file, out -> out.write(bytes));
      } catch (IOException failure) {
        throw new DetectorException(
            "The weights of the model %s cannot be put into %s: %s. Let XDG_CACHE_HOME be a folder that can be written."
                .formatted(NAME, folder, ModelFile.reason(failure)),
            failure);
      }
    }
    return file;
  }

  private static byte[] bytes() {
    try (InputStream in = DefaultModel.class.getResourceAsStream(WEIGHTS)) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
