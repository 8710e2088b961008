package io.vigil.pipeline.train;

import io.vigil.model.detect.Convention;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.evaluate.CocoData;
import io.vigil.model.evaluate.CocoEvaluation;
import io.vigil.model.evaluate.CocoMetrics;
import io.vigil.model.runtime.DetectorSettings;
import io.vigil.model.runtime.DeviceChoice;
import io.vigil.pipeline.evaluate.Evaluation;
import java.nio.file.Path;

/**
 * Measures a model file on pictures that it does not learn from, in the form that runs in
 * production: letterboxed as frames are, not to the reference's squares.
 *
 * @param truth the pictures' objects
 * @param pictures folder with the files
 */
public record Validation(CocoData truth, Path pictures) {

  CocoMetrics measure(Path model) {
    try (var detector = new DetectorSettings(model.toString(), DeviceChoice.CPU, 0).open()) {
      var settings =
          DetectionSettings.evaluation(Convention.GOOGLE)
              .withTopK(detector.model().topK())
              .withNearestMultiples();
      var found = new Evaluation(detector, settings, pictures).detect(truth.images(), done -> {});
      return CocoEvaluation.of(truth, found.boxes());
    }
  }
}
