package io.vigil.model.detect;

import io.vigil.model.digest.Sha256;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What decides a frame's detections beside the model; everything here changes the value of an
 * event, and so its digest.
 *
 * @param scoreThreshold lowest score that is kept, in [0, 1]
 * @param iouThreshold overlap above which the lower-scored of two boxes of one class is dropped, in
 *     [0, 1]
 * @param maxDetections most detections a picture
 * @param classIndices the classes that are kept; empty keeps all
 * @param squareLetterbox pads to the reference's square input instead of the nearest multiples
 * @param convention whose post-processing is followed
 * @param gaussianSigma of soft suppression, which lowers scores of overlapping boxes instead of
 *     dropping them; the published sigma is 0.5; 0 for hard suppression
 * @param classAgnostic whether boxes suppress those of other classes too
 * @param classThresholds lowest scores of single classes by index, in the place of {@code
 *     scoreThreshold}
 * @param topK candidates of a picture that are looked at, best first; 0 for all that the model
 *     gives
 */
public record DetectionSettings(
    float scoreThreshold,
    float iouThreshold,
    int maxDetections,
    Set<Integer> classIndices,
    boolean squareLetterbox,
    Convention convention,
    float gaussianSigma,
    boolean classAgnostic,
    Map<Integer, Float> classThresholds,
    int topK)
    implements Serializable {

  /** Pairs (anchor, class) of a picture that google/automl and effdet rank. */
  public static final int REFERENCE_PAIRS = 5000;

  /** Of gaussian suppression in google/automl and effdet. */
  public static final float REFERENCE_SIGMA = 0.5f;

  /** What zylo117's evaluation keeps. */
  private static final float ZYLO117_SCORE = 0.05f;

  /**
   * @throws IllegalArgumentException if a value is out of its range; names every such value
   */
  public DetectionSettings {
    var problems = new StringBuilder();
    requireShare(problems, "scoreThreshold", scoreThreshold);
    requireShare(problems, "iouThreshold", iouThreshold);
    if (maxDetections < 1) {
      problems.append("; maxDetections is ").append(maxDetections).append(", allowed: 1 or more");
    }
    if (!(gaussianSigma >= 0 && gaussianSigma < Float.POSITIVE_INFINITY)) {
      problems.append("; gaussianSigma is ").append(gaussianSigma).append(", allowed: 0 or more");
    }
    if (topK < 0) {
      problems.append("; topK is ").append(topK).append(", allowed: 0 or more");
    }
    new TreeMap<>(classThresholds)
        .forEach((index, score) -> requireShare(problems, "classThresholds[" + index + "]", score));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Detection settings: " + problems.substring(2));
    }
    classIndices = Set.copyOf(classIndices);
    classThresholds = Map.copyOf(classThresholds);
  }

  /** Hard suppression over what the convention has it over, one threshold for all classes. */
  public DetectionSettings(
      float scoreThreshold,
      float iouThreshold,
      int maxDetections,
      Set<Integer> classIndices,
      boolean squareLetterbox,
      Convention convention) {
    this(
        scoreThreshold,
        iouThreshold,
        maxDetections,
        classIndices,
        squareLetterbox,
        convention,
        0,
        convention.classAgnostic(),
        Map.of(),
        0);
  }

  /**
   * As the convention's own code evaluates on COCO, in the reference's square pictures:
   *
   * <ul>
   *   <li>google: 5000 pairs, gaussian suppression per class, 100 detections.
   *   <li>google-export: gaussian suppression over all classes, 100 detections.
   *   <li>zylo117: scores from 0.05, hard suppression per class, no limit but the pairs' number.
   *   <li>effdet: 5000 pairs, hard suppression per class, 100 detections.
   * </ul>
   */
  public static DetectionSettings evaluation(Convention convention) {
    boolean zylo = convention == Convention.ZYLO117;
    boolean soft = convention == Convention.GOOGLE || convention == Convention.GOOGLE_EXPORT;
    return new DetectionSettings(
            zylo ? ZYLO117_SCORE : 0,
            0.5f,
            zylo ? REFERENCE_PAIRS : 100,
            Set.of(),
            true,
            convention)
        .withGaussian(soft ? REFERENCE_SIGMA : 0)
        .withTopK(convention.bestClassOnly() ? 0 : REFERENCE_PAIRS);
  }

  /**
   * google/automl's evaluation but for the score threshold: IoU 0.5, 100 detections, all classes.
   */
  public static DetectionSettings withScore(float scoreThreshold) {
    return new DetectionSettings(scoreThreshold, 0.5f, 100, Set.of(), false, Convention.GOOGLE);
  }

  /**
   * @param sigma 0.5 in google/automl and effdet; 0 for hard suppression
   */
  public DetectionSettings withGaussian(float sigma) {
    return with(sigma, classAgnostic, classThresholds, topK);
  }

  public DetectionSettings withClassAgnostic(boolean agnostic) {
    return with(gaussianSigma, agnostic, classThresholds, topK);
  }

  public DetectionSettings withClassThresholds(Map<Integer, Float> thresholds) {
    return with(gaussianSigma, classAgnostic, thresholds, topK);
  }

  /**
   * @param count 0 for all that the model gives
   */
  public DetectionSettings withTopK(int count) {
    return with(gaussianSigma, classAgnostic, classThresholds, count);
  }

  /** Padded to the nearest multiples, as frames are, instead of to the reference's square. */
  public DetectionSettings withNearestMultiples() {
    return new DetectionSettings(
        scoreThreshold,
        iouThreshold,
        maxDetections,
        classIndices,
        false,
        convention,
        gaussianSigma,
        classAgnostic,
        classThresholds,
        topK);
  }

  private DetectionSettings with(
      float sigma, boolean agnostic, Map<Integer, Float> thresholds, int count) {
    return new DetectionSettings(
        scoreThreshold,
        iouThreshold,
        maxDetections,
        classIndices,
        squareLetterbox,
        convention,
        sigma,
        agnostic,
        thresholds,
        count);
  }

  /** Lowest score of a class that is kept. */
  public float threshold(int classIndex) {
    return classThresholds.getOrDefault(classIndex, scoreThreshold);
  }

  /** Below it nothing is kept. */
  public float lowestThreshold() {
    return classThresholds.values().stream().reduce(scoreThreshold, Math::min);
  }

  /** SHA-256 over every setting, hex; equal settings have equal digests on every machine. */
  public String digest() {
    var classes =
        new TreeSet<>(classIndices)
            .stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    var lines = new ArrayList<String>();
    lines.add("scoreThreshold=" + scoreThreshold);
    lines.add("iouThreshold=" + iouThreshold);
    lines.add("maxDetections=" + maxDetections);
    lines.add("classIndices=" + classes);
    lines.add("squareLetterbox=" + squareLetterbox);
    lines.add("convention=" + convention);
    // Settings that came later are told only where they differ, so that events keep their ids.
    if (gaussianSigma != 0) {
      lines.add("gaussianSigma=" + gaussianSigma);
    }
    if (classAgnostic) {
      lines.add("classAgnostic=true");
    }
    if (!classThresholds.isEmpty()) {
      lines.add("classThresholds=" + new TreeMap<>(classThresholds));
    }
    if (topK != 0) {
      lines.add("topK=" + topK);
    }
    return Sha256.of(String.join("\n", lines));
  }

  private static void requireShare(StringBuilder problems, String name, float value) {
    if (!(value >= 0 && value <= 1)) {
      problems.append("; ").append(name).append(" is ").append(value).append(", allowed: 0 to 1");
    }
  }
}
