package io.vigil.pipeline.cli;

import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.runtime.ModelFiles;
import io.vigil.model.weights.pull.PublishedWeights;
import java.util.Locale;
import java.util.Optional;

/** What was measured, beside what was published for the same weights. */
final class PublishedFigure {
  private PublishedFigure() {}

  /**
   * @param model as the user named it
   * @param ap in [0, 1]
   * @param settings that it was measured with
   * @return empty for a model of which no AP was published
   */
  static Optional<String> beside(
      String model, double ap, int pictures, DetectionSettings settings) {
    return ModelFiles.published(model)
        .filter(weights -> !weights.valAp().isEmpty())
        .map(
            weights ->
                String.format(
                    Locale.ROOT,
                    "AP %.1f on %d pictures; published for %s on the 5000 of val2017: %s%s",
                    100 * ap,
                    pictures,
                    weights.file(),
                    weights.valAp(),
                    otherwise(weights, settings)));
  }

  private static String otherwise(PublishedWeights weights, DetectionSettings settings) {
    var own = weights.purpose().convention();
    return DetectionSettings.evaluation(own).equals(settings)
        ? ""
        : ", with --convention " + own.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
