package io.vigil.model.detect;

import java.util.ArrayList;
import java.util.List;

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
 *   <li>google-export: only the best class of an anchor, over all classes; clipped at the end.
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
    return candidates.count() > 0 && lowestScore(candidates) >= settings.lowestThreshold();
  }

  /**
   * The same of a picture whose detections are known: where there are as many as there may be, none
   * below the lowest candidate, what the network did not give could not have come before them.
   */
  public boolean mayLackCandidates(Candidates candidates, List<Detection> found) {
    boolean full = found.size() == settings.maxDetections();
    return mayLackCandidates(candidates)
        && !(full && found.get(found.size() - 1).score() >= lowestScore(candidates));
  }

  private static float lowestScore(Candidates candidates) {
    float lowest = Float.POSITIVE_INFINITY;
    for (float logit : candidates.logits()) {
      lowest = Math.min(lowest, logit);
    }
    return CandidateBoxes.score(lowest);
  }

  /** The best boxes after suppression, in model pixels. */
  List<Nms.Scored> best(Candidates candidates, Anchors anchors, Letterbox letterbox) {
    double pixel = settings.convention() == Convention.GOOGLE ? 1 : 0;
    boolean agnostic = settings.classAgnostic();
    var boxes = new CandidateBoxes(settings, candidates, anchors, letterbox);
    return settings.gaussianSigma() > 0
        ? new SoftNms(settings.gaussianSigma(), pixel, agnostic, settings::threshold)
            .pick(boxes, settings.maxDetections())
        : new Nms(settings.iouThreshold(), pixel, agnostic).pick(boxes, settings.maxDetections());
  }
}
