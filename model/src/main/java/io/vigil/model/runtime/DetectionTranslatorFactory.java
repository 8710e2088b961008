package io.vigil.model.runtime;

import ai.djl.Model;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import io.vigil.model.detect.DetectionSettings;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Brings a model file to DJL, with no other class of Vigil's.
 *
 * <pre>{@code
 * var criteria =
 *     Criteria.builder()
 *         .setTypes(Image.class, DetectedObjects.class)
 *         .optModelPath(Path.of("d0.onnx"))
 *         .optEngine("OnnxRuntime")
 *         .optTranslatorFactory(new DetectionTranslatorFactory())
 *         .optArgument("threshold", 0.3)
 *         .build();
 * try (var model = criteria.loadModel();
 *     var predictor = model.newPredictor()) {
 *   DetectedObjects objects = predictor.predict(ImageFactory.getInstance().fromFile(picture));
 * }
 * }</pre>
 *
 * <p>The argument {@code threshold} is the lowest score that is kept (0.3).
 */
public final class DetectionTranslatorFactory implements TranslatorFactory {
  private static final String THRESHOLD = "threshold";
  private static final double USUAL_THRESHOLD = 0.3;

  @Override
  public Set<Pair<Type, Type>> getSupportedTypes() {
    return Set.of(new Pair<>(Image.class, DetectedObjects.class));
  }

  /**
   * @throws TranslateException if it is asked for other types, the threshold is none, or the model
   *     is no model file of Vigil's; says what is missing
   */
  @Override
  @SuppressWarnings("unchecked")
  public <I, O> Translator<I, O> newInstance(
      Class<I> input, Class<O> output, Model model, Map<String, ?> arguments)
      throws TranslateException {
    if (!isSupported(input, output)) {
      throw new TranslateException(
          "Vigil translates from Image to DetectedObjects, not from %s to %s."
              .formatted(input.getSimpleName(), output.getSimpleName()));
    }
    try {
      var settings = DetectionSettings.withScore(threshold(arguments));
      return (Translator<I, O>) new DetectionTranslator(ModelFile.read(file(model)), settings);
    } catch (DetectorException | IllegalArgumentException refused) {
      throw new TranslateException(refused.getMessage(), refused);
    }
  }

  private static float threshold(Map<String, ?> arguments) {
    Object given = arguments == null ? null : arguments.get(THRESHOLD);
    return given == null ? (float) USUAL_THRESHOLD : Float.parseFloat(given.toString());
  }

  /** DJL keeps the folder and the name of what it loaded. */
  private static Path file(Model model) {
    Path path = model.getModelPath();
    return Files.isDirectory(path) ? path.resolve(model.getName() + ".onnx") : path;
  }
}
