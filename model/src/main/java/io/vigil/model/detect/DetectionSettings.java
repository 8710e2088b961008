package io.vigil.model.detect;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
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
 */
public record DetectionSettings(
    float scoreThreshold,
    float iouThreshold,
    int maxDetections,
    Set<Integer> classIndices,
    boolean squareLetterbox,
    Convention convention)
    implements Serializable {

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
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Detection settings: " + problems.substring(2));
    }
    classIndices = Set.copyOf(classIndices);
  }

  /**
   * google/automl's evaluation but for the score threshold: IoU 0.5, 100 detections, all classes.
   */
  public static DetectionSettings withScore(float scoreThreshold) {
    return new DetectionSettings(scoreThreshold, 0.5f, 100, Set.of(), false, Convention.GOOGLE);
  }

  /** SHA-256 over every setting, hex; equal settings have equal digests on every machine. */
  public String digest() {
    var classes =
        new TreeSet<>(classIndices)
            .stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    var text =
        String.join(
            "\n",
            "scoreThreshold=" + scoreThreshold,
            "iouThreshold=" + iouThreshold,
            "maxDetections=" + maxDetections,
            "classIndices=" + classes,
            "squareLetterbox=" + squareLetterbox,
            "convention=" + convention);
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static void requireShare(StringBuilder problems, String name, float value) {
    if (!(value >= 0 && value <= 1)) {
      problems.append("; ").append(name).append(" is ").append(value).append(", allowed: 0 to 1");
    }
  }
}
