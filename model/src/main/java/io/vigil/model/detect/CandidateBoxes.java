package io.vigil.model.detect;

import io.vigil.model.detect.Nms.Scored;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The candidates of a picture that may be detections, best first, as boxes in model pixels. A box
 * is decoded when it is asked for, as suppression mostly needs the best few hundred of thousands.
 */
final class CandidateBoxes implements Iterator<Scored> {
  private final DetectionSettings settings;
  private final Candidates candidates;
  private final Anchors anchors;
  private final Letterbox letterbox;
  private final float lowest;
  private final int[] order;
  private final int end;
  private final Set<Integer> seenAnchors = new HashSet<>();
  private int place;
  private Scored next;

  CandidateBoxes(
      DetectionSettings settings, Candidates candidates, Anchors anchors, Letterbox letterbox) {
    this.settings = settings;
    this.candidates = candidates;
    this.anchors = anchors;
    this.letterbox = letterbox;
    this.lowest = settings.lowestThreshold();
    this.order = Ranking.of(candidates);
    this.end = settings.topK() == 0 ? order.length : Math.min(settings.topK(), order.length);
  }

  @Override
  public boolean hasNext() {
    while (next == null && place < end) {
      int i = order[place++];
      float score = score(candidates.logits()[i]);
      if (score < lowest) {
        place = end;
      } else if (isWanted(i, score)) {
        var box = clipped(decoded(i));
        next = box.isFinite() ? new Scored(candidates.classes()[i], score, box) : null;
      }
    }
    return next != null;
  }

  @Override
  public Scored next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var given = next;
    next = null;
    return given;
  }

  private boolean isWanted(int i, float score) {
    int classIndex = candidates.classes()[i];
    boolean bestOfAnchor =
        !settings.convention().bestClassOnly() || seenAnchors.add(candidates.anchors()[i]);
    return bestOfAnchor
        && (settings.classIndices().isEmpty() || settings.classIndices().contains(classIndex))
        && score >= settings.threshold(classIndex);
  }

  private Box decoded(int i) {
    float[] t = candidates.regression();
    return BoxCoder.decode(
        anchors.get(candidates.anchors()[i]), t[4 * i], t[4 * i + 1], t[4 * i + 2], t[4 * i + 3]);
  }

  /** Before suppression, in model pixels. */
  private Box clipped(Box box) {
    return switch (settings.convention()) {
      case GOOGLE, GOOGLE_EXPORT -> box;
      case ZYLO117 -> box.clippedTo(letterbox.width() - 1, letterbox.height() - 1);
      case EFFDET ->
          box.clippedTo(
              letterbox.sourceWidth() / letterbox.xScale(),
              letterbox.sourceHeight() / letterbox.yScale());
    };
  }

  static float score(float logit) {
    return (float) (1 / (1 + StrictMath.exp(-logit)));
  }
}
