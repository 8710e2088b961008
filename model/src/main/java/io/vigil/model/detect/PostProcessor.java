package io.vigil.model.detect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * From the network's candidates to detections in displayed source pixels.
 *
 * <pre>{@code
 * var postProcessor = new PostProcessor(DetectionSettings.withScore(0.3f));
 * List<Detection> detections = postProcessor.detect(candidates, anchors, letterbox);
 * }</pre>
 *
 * <p>What the conventions do, with hard or gaussian suppression, per class unless told otherwise:
 *
 * <ul>
 *   <li>google: NMS over all pairs, with edges counted as pixels; clipped at the end.
 *   <li>zylo117: only the best class of an anchor; clipped to the model picture less one pixel
 *       before NMS.
 *   <li>effdet: clipped to the source picture before NMS.
 * </ul>
 *
 * <p>In every one a box that has no area inside the source picture (it lies in the padding) is no
 * detection. Holds no state between pictures; safe for use by several threads.
 */
public final class PostProcessor {
  private final DetectionSettings settings;

  public PostProcessor(DetectionSettings settings) {
    this.settings = settings;
  }

  /**
   * @param anchors of the model picture that the candidates come from
   * @param letterbox where the source lies in it
   * @return by falling score; boxes in displayed source pixels, clipped to the picture
   */
  public List<Detection> detect(Candidates candidates, Anchors anchors, Letterbox letterbox) {
    var detections = new ArrayList<Detection>();
    for (var best : best(candidates, anchors, letterbox)) {
      var box = best.box();
      float x1 = (float) letterbox.sourceX(box.x1());
      float y1 = (float) letterbox.sourceY(box.y1());
      float x2 = (float) letterbox.sourceX(box.x2());
      float y2 = (float) letterbox.sourceY(box.y2());
      if (x2 > x1 && y2 > y1) {
        detections.add(new Detection(best.classIndex(), best.score(), x1, y1, x2, y2));
      }
    }
    return detections;
  }

  /**
   * Whether the network may have had more pairs above the score threshold than it gave: the lowest
   * candidate still passes. Where this is false, a larger K would change nothing.
   */
  public boolean mayLackCandidates(Candidates candidates) {
    float lowest = Float.POSITIVE_INFINITY;
    for (float logit : candidates.logits()) {
      lowest = Math.min(lowest, logit);
    }
    return candidates.count() > 0 && score(lowest) >= settings.lowestThreshold();
  }

  /** The best boxes after NMS, in model pixels. */
  List<Nms.Scored> best(Candidates candidates, Anchors anchors, Letterbox letterbox) {
    double pixel = google() ? 1 : 0;
    if (settings.gaussianSigma() > 0) {
      var all = new ArrayList<Nms.Scored>();
      offer(candidates, anchors, letterbox, all::add, () -> false);
      return new SoftNms(
              settings.gaussianSigma(), pixel, settings.classAgnostic(), settings::threshold)
          .pick(all, settings.maxDetections());
    }
    var nms = new Nms(settings.iouThreshold(), pixel, settings.classAgnostic());
    BooleanSupplier enough = () -> nms.kept().size() == settings.maxDetections();
    offer(candidates, anchors, letterbox, nms::offer, enough);
    return nms.kept();
  }

  /** Hands over what may be a detection, best first, until there is enough. */
  private void offer(
      Candidates candidates,
      Anchors anchors,
      Letterbox letterbox,
      Consumer<Nms.Scored> suppression,
      BooleanSupplier enough) {
    var seenAnchors = new HashSet<Integer>();
    float lowest = settings.lowestThreshold();
    for (int i : Ranking.of(candidates)) {
      float score = score(candidates.logits()[i]);
      if (score < lowest || enough.getAsBoolean()) {
        break;
      }
      int classIndex = candidates.classes()[i];
      if (isWanted(candidates, i, seenAnchors) && score >= settings.threshold(classIndex)) {
        var box = clipped(decoded(candidates, i, anchors), letterbox);
        if (box.isFinite()) {
          suppression.accept(new Nms.Scored(classIndex, score, box));
        }
      }
    }
  }

  private boolean isWanted(Candidates candidates, int i, Set<Integer> seenAnchors) {
    boolean bestOfAnchor =
        settings.convention() != Convention.ZYLO117 || seenAnchors.add(candidates.anchors()[i]);
    return bestOfAnchor
        && (settings.classIndices().isEmpty()
            || settings.classIndices().contains(candidates.classes()[i]));
  }

  private static Box decoded(Candidates candidates, int i, Anchors anchors) {
    float[] t = candidates.regression();
    return BoxCoder.decode(
        anchors.get(candidates.anchors()[i]), t[4 * i], t[4 * i + 1], t[4 * i + 2], t[4 * i + 3]);
  }

  /** Before NMS, in model pixels. */
  private Box clipped(Box box, Letterbox letterbox) {
    return switch (settings.convention()) {
      case GOOGLE -> box;
      case ZYLO117 -> box.clippedTo(letterbox.width() - 1, letterbox.height() - 1);
      case EFFDET ->
          box.clippedTo(
              letterbox.sourceWidth() / letterbox.xScale(),
              letterbox.sourceHeight() / letterbox.yScale());
    };
  }

  private boolean google() {
    return settings.convention() == Convention.GOOGLE;
  }

  private static float score(float logit) {
    return (float) (1 / (1 + StrictMath.exp(-logit)));
  }
}
