package io.vigil.pipeline.job;

import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.runtime.ModelMetadata;
import io.vigil.pipeline.config.ClassNames;
import io.vigil.pipeline.config.ConfigException;
import io.vigil.pipeline.config.DetectionConfig;
import io.vigil.pipeline.config.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What was asked of detections, in the terms of a model: classes as places in its label map. */
public final class DetectionRules {
  private DetectionRules() {}

  /**
   * @param square whether pictures are padded to a square
   * @param origin of the configuration, for messages
   * @throws ConfigException naming every class that the model does not know, and a number of
   *     candidates that it does not give
   */
  public static DetectionSettings of(
      DetectionConfig asked, ModelMetadata model, boolean square, String origin) {
    var problems = new ArrayList<Problem>();
    var names = new ClassNames(model.labels(), problems);
    var classes = new HashSet<Integer>();
    asked.classes().forEach(name -> classes.addAll(names.indices("detection.classes", name)));
    Map<Integer, Float> scores = new HashMap<>();
    asked
        .classScores()
        .forEach(
            (name, score) ->
                names
                    .indices("detection.class-scores", name)
                    .forEach(index -> scores.put(index, score.floatValue())));
    if (asked.topK() > model.topK()) {
      problems.add(tooMany(asked.topK(), model.topK()));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(origin, List.copyOf(problems));
    }
    return new DetectionSettings(
            (float) asked.score(),
            (float) asked.iou(),
            asked.max(),
            classes,
            square,
            asked.convention())
        .withGaussian((float) asked.sigma())
        .withClassAgnostic(asked.classAgnostic())
        .withClassThresholds(scores)
        .withTopK(asked.topK());
  }

  private static Problem tooMany(int asked, int given) {
    return new Problem(
        "detection.top-k: " + asked,
        "the model file gives the best %d candidates of a picture; export it with --top-k %d, or ask for at most %d"
            .formatted(given, asked, given));
  }
}
