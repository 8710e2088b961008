package io.vigil.model.train;

import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Box;
import io.vigil.model.detect.BoxCoder;
import java.util.Arrays;
import java.util.List;

/**
 * Assigns objects to the anchors of pictures of one size.
 *
 * <p>Overlaps are computed in float32 from float32 edges, in the reference's order: a small object
 * lies inside several anchors of one size, and rounding decides which of them is its best.
 */
public final class Assigner {

  private final Assignment rule;
  private final int count;
  private final float[] y1;
  private final float[] x1;
  private final float[] y2;
  private final float[] x2;

  /**
   * @param height of the pictures, model pixels
   * @param width of the pictures, model pixels
   */
  public Assigner(Assignment rule, AnchorLayout layout, int height, int width) {
    var anchors = Anchors.of(layout, height, width);
    this.rule = rule;
    this.count = anchors.count();
    this.y1 = new float[count];
    this.x1 = new float[count];
    this.y2 = new float[count];
    this.x2 = new float[count];
    for (var i = 0; i < count; i++) {
      var edges = BoxCoder.decode(anchors.get(i), 0, 0, 0, 0);
      y1[i] = (float) edges.y1();
      x1[i] = (float) edges.x1();
      y2[i] = (float) edges.y2();
      x2[i] = (float) edges.x2();
    }
  }

  /**
   * @param objects in model pixels
   */
  public Targets assign(List<TruthBox> objects) {
    var best = new float[count];
    var owner = new int[count];
    Arrays.fill(owner, Targets.BACKGROUND);
    var favourites = new int[objects.size()];
    for (var object = 0; object < objects.size(); object++) {
      favourites[object] = overlap(objects.get(object), object, best, owner);
    }
    settle(best, owner);
    if (rule.forced()) {
      // From the last to the first, so that the first keeps an anchor that two want.
      for (var object = objects.size() - 1; object >= 0; object--) {
        owner[favourites[object]] = object;
      }
    }
    return targets(objects, owner);
  }

  /** Notes where the object overlaps more than those before it; returns its own best anchor. */
  private int overlap(TruthBox object, int index, float[] best, int[] owner) {
    var favourite = 0;
    var most = -1f;
    for (var anchor = 0; anchor < count; anchor++) {
      var overlap = overlap(object, anchor);
      if (overlap > best[anchor]) {
        best[anchor] = overlap;
        owner[anchor] = index;
      }
      if (overlap > most) {
        most = overlap;
        favourite = anchor;
      }
    }
    return favourite;
  }

  private float overlap(TruthBox object, int anchor) {
    var height = Math.min(object.y2(), y2[anchor]) - Math.max(object.y1(), y1[anchor]);
    var width = Math.min(object.x2(), x2[anchor]) - Math.max(object.x1(), x1[anchor]);
    if (height <= 0 || width <= 0) {
      return 0;
    }
    var intersection = height * width;
    var anchorArea = (y2[anchor] - y1[anchor]) * (x2[anchor] - x1[anchor]);
    return intersection / (object.area() + anchorArea - intersection);
  }

  /** An anchor that overlaps its object too little has none. */
  private void settle(float[] best, int[] owner) {
    for (var anchor = 0; anchor < count; anchor++) {
      if (best[anchor] < rule.positive()) {
        owner[anchor] = best[anchor] < rule.negative() ? Targets.BACKGROUND : Targets.IGNORED;
      }
    }
  }

  private Targets targets(List<TruthBox> objects, int[] owner) {
    var classes = owner.clone();
    var boxes = new float[4 * count];
    var positives = 0;
    for (var anchor = 0; anchor < count; anchor++) {
      if (owner[anchor] >= 0) {
        var object = objects.get(owner[anchor]);
        classes[anchor] = object.classIndex();
        encode(object, anchor, boxes);
        positives++;
      }
    }
    return new Targets(classes, boxes, positives);
  }

  private void encode(TruthBox object, int index, float[] boxes) {
    var anchor =
        new Anchors.Anchor(
            ((double) y1[index] + y2[index]) / 2,
            ((double) x1[index] + x2[index]) / 2,
            (double) y2[index] - y1[index],
            (double) x2[index] - x1[index]);
    var box = new Box(object.x1(), object.y1(), object.x2(), object.y2());
    var encoded = BoxCoder.encode(anchor, box);
    for (var i = 0; i < 4; i++) {
      boxes[4 * index + i] = (float) encoded[i];
    }
  }
}
