package io.vigil.model.runtime;

import io.vigil.model.backend.OnnxOptions;
import io.vigil.model.config.EfficientDetConfig;
import io.vigil.model.config.Suggestion;
import io.vigil.model.weights.pull.PublishedWeights;
import io.vigil.model.weights.pull.WeightsCache;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the model that a user names: a model file, or {@code drawn}, which comes with Vigil, or the
 * name of published weights that were pulled, or a level, whose untrained network is made; what is
 * made is kept.
 *
 * <pre>{@code
 * ModelFiles.Resolved model = ModelFiles.resolve("drawn", Path.of("models"));
 * Detector detector = DetectorSettings.onCpu(model.path()).open();
 * }</pre>
 */
public final class ModelFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ModelFiles.class);
  private static final String PREFIX = "efficientdet-";
  private static final String SUFFIX = ".onnx";
  private static final int KEY_LENGTH = 16;
  private static final Duration KEPT = Duration.ofDays(30);

  private ModelFiles() {}

  /** A model file and what it says of itself. */
  public record Resolved(Path path, ModelMetadata metadata) {}

  /**
   * @param modelNameOrPath {@link DefaultModel#NAME}, a level such as {@code d0} or {@code
   *     efficientdet-d0}, the name of published weights, or a model file
   * @param cacheDir where models that are made are kept, and weights that were pulled; made if it
   *     is not there
   * @throws DetectorException if there is no such level or file (names the nearest), or the file is
   *     no model file, or the cache cannot be written
   */
  public static Resolved resolve(String modelNameOrPath, Path cacheDir) {
    return resolve(modelNameOrPath, cacheDir, OnnxOptions.STREAM_TOP_K);
  }

  /**
   * The same with a number of candidates; a model file has its own.
   *
   * @param topK candidates a picture; 0 for as many as a stream takes
   */
  public static Resolved resolve(String modelNameOrPath, Path cacheDir, int topK) {
    Path path = Path.of(modelNameOrPath);
    if (isPath(modelNameOrPath) || Files.isRegularFile(path)) {
      return new Resolved(path, ModelFile.read(path));
    }
    int best = topK == 0 ? OnnxOptions.STREAM_TOP_K : topK;
    String name = bare(modelNameOrPath);
    return recipe(name, cacheDir)
        .map(named -> cached(named.recipe, best, named.name + "-top" + best, cacheDir))
        .orElseThrow(() -> unknown(modelNameOrPath));
  }

  /** Where {@link io.vigil.model.weights.pull.WeightsPull} is to put weights. */
  public static WeightsCache weights(Path cacheDir) {
    return new WeightsCache(cacheDir.resolve("weights"));
  }

  /** What was published under a name that a model may be asked for by. */
  public static Optional<PublishedWeights> published(String name) {
    return PublishedWeights.find(bare(name));
  }

  /** What a file of the cache is called, and what it is made from. */
  private record Named(String name, Supplier<ModelRecipe> recipe) {}

  private static Optional<Named> recipe(String name, Path cacheDir) {
    if (name.equals(DefaultModel.NAME)) {
      Path folder = weights(cacheDir).folder();
      return Optional.of(new Named(name, () -> DefaultModel.recipe(folder)));
    }
    return PublishedWeights.find(name)
        .flatMap(
            published -> weights(cacheDir).latest(published).map(file -> pulled(published, file)))
        .or(() -> level(name).map(ModelFiles::untrained));
  }

  private static Named pulled(PublishedWeights published, Path file) {
    if (published.purpose().backbone()) {
      throw new DetectorException(
          "%s is ImageNet's backbone and detects nothing until it is trained on; make weights to start from: vigil model export %s --weights %s --keep backbone --out START.safetensors"
              .formatted(published.name(), published.level(), file));
    }
    ModelRecipe plain = ModelRecipe.of(published.level(), file).withLicence(published.licence());
    ModelRecipe sized = published.purpose().resolution().map(plain::withResolution).orElse(plain);
    ModelRecipe recipe =
        published.purpose().normalization().map(sized::withNormalization).orElse(sized);
    String digest = file.getParent().getFileName().toString().substring(0, KEY_LENGTH);
    return new Named(published.name() + "-" + digest, () -> recipe);
  }

  private static Named untrained(String level) {
    return new Named(level + "-untrained", () -> ModelRecipe.untrained(level));
  }

  private static boolean isPath(String name) {
    return name.contains("/") || name.toLowerCase(Locale.ROOT).matches(".*\\.(onnx|pth|pt)");
  }

  private static String bare(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
  }

  private static Optional<String> level(String bare) {
    return EfficientDetConfig.names().stream().filter(bare::equals).findFirst();
  }

  private static DetectorException unknown(String name) {
    if (published(name).isPresent()) {
      return new DetectorException(
          "The weights %s are not here; get them with: vigil model pull %s"
              .formatted(bare(name), bare(name)));
    }
    List<String> known = new ArrayList<>(EfficientDetConfig.names());
    known.add(DefaultModel.NAME);
    String message =
        "Unknown model '%s': no file has this name, and the models are %s."
            .formatted(name, String.join(", ", known));
    return new DetectorException(
        Suggestion.nearest(name, known)
            .map(nearest -> message + " Did you mean '" + nearest + "'?")
            .orElse(message));
  }

  /** A file of the cache that cannot be read is made again. */
  private static Resolved cached(
      Supplier<ModelRecipe> recipe, int topK, String name, Path cacheDir) {
    String prefix = PREFIX + name + "-";
    Path path = cacheDir.resolve(prefix + key() + SUFFIX);
    if (Files.exists(path)) {
      try {
        ModelMetadata metadata = ModelFile.read(path);
        used(path);
        return new Resolved(path, metadata);
      } catch (DetectorException damaged) {
        LOG.warn("A model is made again: {}", damaged.getMessage());
      }
    }
    ModelMetadata metadata = ModelExport.write(recipe.get().withTopK(topK), path);
    dropUnused(path, prefix);
    return new Resolved(path, metadata);
  }

  /** Of other builds, which nobody has asked for in a month: a job may open its file late. */
  private static void dropUnused(Path path, String prefix) {
    Instant unused = Instant.now().minus(KEPT);
    try (DirectoryStream<Path> cached =
        Files.newDirectoryStream(path.getParent(), prefix + "*" + SUFFIX)) {
      for (Path other : cached) {
        if (Files.getLastModifiedTime(other).toInstant().isBefore(unused)) {
          Files.deleteIfExists(other);
        }
      }
    } catch (IOException kept) {
      LOG.debug("Models of other builds stay in the cache", kept);
    }
  }

  private static void used(Path path) {
    try {
      Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
    } catch (IOException readOnly) {
      LOG.debug("A model in the cache is not marked as used", readOnly);
    }
  }

  /** Beside the level, the file depends on the code alone: recipe, seed and graph are in it. */
  private static String key() {
    return CodeDigest.compute().substring(0, KEY_LENGTH);
  }
}
