package io.vigil.pipeline.config;

import io.vigil.model.detect.Convention;
import io.vigil.model.detect.DetectionSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What counts as a detection; everything here changes events.
 *
 * @param score lowest score that is kept
 * @param iou overlap above which the weaker of two boxes is dropped, in hard suppression
 * @param max most detections of a frame
 * @param classes names of the classes that are kept; empty keeps all
 * @param convention whose post-processing is followed
 * @param sigma of gaussian suppression; 0 for hard
 * @param classAgnostic whether boxes suppress those of other classes, too
 * @param classScores lowest scores of single classes by name, in the place of {@code score}
 * @param topK candidates of a frame that are looked at; 0 for all that the model gives
 */
public record DetectionConfig(
    double score,
    double iou,
    int max,
    List<String> classes,
    Convention convention,
    double sigma,
    boolean classAgnostic,
    Map<String, Double> classScores,
    int topK) {

  private static final double STREAM_SCORE = 0.3;
  private static final String SIGMA = "sigma";
  private static final String IOU = "iou";

  /** How boxes that overlap a better one lose. */
  enum Suppression {
    HARD,
    GAUSSIAN
  }

  public DetectionConfig {
    classes = List.copyOf(classes);
    classScores = Map.copyOf(classScores);
  }

  /**
   * What an evaluation was told, with the defaults of the convention's own evaluation.
   *
   * @param values by path, such as {@code detection.score}; others are passed over
   * @param options the option of each path, used in messages
   * @throws ConfigException with every problem in it
   */
  public static DetectionConfig ofEvaluation(
      Map<String, Object> values, Map<String, String> options) {
    var reading = new Reading(options, new References(Map.of()));
    var root = new Section("", JobConfig.tree(values), reading);
    var config =
        read(root.section("detection", "what is evaluated"), DetectionSettings::evaluation);
    if (!reading.problems().isEmpty()) {
      throw new ConfigException("the command line", reading.problems());
    }
    return config;
  }

  /** Of a job. */
  static DetectionConfig read(Section section) {
    return read(section, DetectionConfig::ofStreams);
  }

  private static DetectionSettings ofStreams(Convention convention) {
    return new DetectionSettings((float) STREAM_SCORE, 0.5f, 100, Set.of(), false, convention);
  }

  private static DetectionConfig read(
      Section section, Function<Convention, DetectionSettings> defaults) {
    var convention =
        section.choice("convention", Convention.GOOGLE, "whose post-processing is followed");
    var otherwise = defaults.apply(convention);
    var config =
        new DetectionConfig(
            section
                .number("score", 0, 1, "the lowest score of a detection that is kept")
                .orElse(decimal(otherwise.scoreThreshold())),
            section
                .number(IOU, 0, 1, "overlap above which the weaker of two boxes is dropped")
                .orElse(decimal(otherwise.iouThreshold())),
            section.integer(
                "max", otherwise.maxDetections(), 1, 5000, "most detections of a frame"),
            section.texts("classes", "names of the classes that are kept"),
            convention,
            sigma(section, decimal(otherwise.gaussianSigma())),
            section.flag(
                "class-agnostic",
                otherwise.classAgnostic(),
                "whether boxes suppress those of other classes, too"),
            section.numbers("class-scores", 0, 1, "lowest scores of single classes"),
            section.integer(
                "top-k", otherwise.topK(), 1, 1_000_000, "candidates that are looked at"));
    section.refuseUnknown();
    return config;
  }

  /** 0 for hard suppression; what belongs to the other kind is refused. */
  private static double sigma(Section section, double otherwise) {
    var usual = otherwise > 0 ? Suppression.GAUSSIAN : Suppression.HARD;
    var kind = section.choice("suppression", usual, "how boxes that overlap a better one lose");
    var sigma = section.number(SIGMA, 0.01, 10, "width of gaussian suppression");
    if (kind == Suppression.HARD && section.has(SIGMA)) {
      section.refuse(SIGMA, "is of gaussian suppression, and suppression is hard");
    }
    if (kind == Suppression.GAUSSIAN && section.has(IOU)) {
      section.refuse(IOU, "is of hard suppression, and suppression is gaussian; that has sigma");
    }
    return kind == Suppression.HARD ? 0 : sigma.orElse(decimal(DetectionSettings.REFERENCE_SIGMA));
  }

  /** The number as it is written: 0.3 and not what float32 makes of it. */
  private static double decimal(float number) {
    return Double.parseDouble(Float.toString(number));
  }
}
