package io.vigil.pipeline.operator;

import io.vigil.connectors.video.Mask;
import io.vigil.connectors.video.StreamSettings;
import io.vigil.model.detect.DetectionSettings;
import io.vigil.model.detect.PostProcessor;
import io.vigil.model.digest.Sha256;
import io.vigil.model.runtime.ModelMetadata.Label;
import io.vigil.pipeline.config.ClassNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What turns a stream's candidates into detections: the job's choice, with the stream's own in its
 * place where there is one. Safe for use by several threads.
 */
final class StreamDetections {

  /** Streams come and go for months, and each may bring settings that nobody had before. */
  private static final int MOST_REMEMBERED = 1000;

  /** No class has it, so nothing is kept where a model knows none of the names. */
  private static final Set<Integer> NO_CLASS = Set.of(-1);

  /**
   * @param digest of all that changes detections, hex
   */
  record Choice(PostProcessor postProcessor, String digest) {}

  private final DetectionSettings usual;
  private final List<Label> labels;
  private final Choice usualChoice;
  private final Map<StreamSettings, Choice> choices = new ConcurrentHashMap<>();

  StreamDetections(DetectionSettings usual, List<Label> labels) {
    this.usual = usual;
    this.labels = labels;
    this.usualChoice = new Choice(new PostProcessor(usual), usual.digest());
  }

  Choice usual() {
    return usualChoice;
  }

  Choice of(StreamSettings settings) {
    if (settings.equals(StreamSettings.USUAL)) {
      return usualChoice;
    }
    if (choices.size() >= MOST_REMEMBERED) {
      choices.clear();
    }
    return choices.computeIfAbsent(settings, this::choice);
  }

  private Choice choice(StreamSettings stream) {
    // Its own score is for all of its classes.
    boolean ownScore = stream.score() != null;
    var settings =
        new DetectionSettings(
            ownScore ? stream.score().floatValue() : usual.scoreThreshold(),
            usual.iouThreshold(),
            usual.maxDetections(),
            stream.classes().isEmpty() ? usual.classIndices() : indices(stream.classes()),
            usual.squareLetterbox(),
            usual.convention(),
            usual.gaussianSigma(),
            usual.classAgnostic(),
            ownScore ? Map.of() : usual.classThresholds(),
            usual.topK());
    return new Choice(new PostProcessor(settings), digest(settings, stream.masks()));
  }

  private Set<Integer> indices(List<String> names) {
    var known = new ClassNames(labels, new ArrayList<>());
    var indices = new HashSet<Integer>();
    names.forEach(name -> indices.addAll(known.indices("classes", name)));
    return indices.isEmpty() ? NO_CLASS : indices;
  }

  private static String digest(DetectionSettings settings, List<Mask> masks) {
    return masks.isEmpty() ? settings.digest() : Sha256.of(settings.digest() + "\nmasks=" + masks);
  }
}
