package io.vigil.model.detect;

import java.util.Set;

/**
 * What turns candidates into detections; everything here changes the value of an event.
 *
 * @param scoreThreshold lowest score that is kept, in [0, 1]
 * @param iouThreshold overlap above which the lower-scored of two boxes of one class is dropped
 * @param maxDetections most detections a picture
 * @param classIndices the classes that are kept; empty keeps all
 */
public record DetectionSettings(
    float scoreThreshold, float iouThreshold, int maxDetections, Set<Integer> classIndices) {

  public DetectionSettings {
    classIndices = Set.copyOf(classIndices);
  }
}
