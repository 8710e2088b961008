package io.vigil.model.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.golden.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the files of training figures have in common. */
final class GoldenCases {
  private GoldenCases() {}

  static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  static AnchorLayout layout(JsonNode aspect) {
    var pairs = !aspect.asText().equals("ratios");
    return new AnchorLayout(3, 7, 4, 3, pairs ? AnchorLayout.pairs() : AnchorLayout.squareRoots());
  }

  /** Rows of class -1 are padding. */
  static List<TruthBox> objects(JsonNode boxes, JsonNode classes) {
    var objects = new ArrayList<TruthBox>();
    for (var i = 0; i < boxes.size(); i++) {
      if (classes.get(i).asInt() > 0) {
        var box = boxes.get(i);
        objects.add(
            new TruthBox(
                (float) box.get(0).asDouble(),
                (float) box.get(1).asDouble(),
                (float) box.get(2).asDouble(),
                (float) box.get(3).asDouble(),
                classes.get(i).asInt() - 1));
      }
    }
    return objects;
  }

  /** Targets of which only the positive anchors are listed. */
  static List<Targets> targets(JsonNode targets, int anchors) {
    return stream(targets.get("images")).map(image -> target(image, anchors)).toList();
  }

  private static Targets target(JsonNode image, int anchors) {
    var classes = new int[anchors];
    java.util.Arrays.fill(classes, Targets.BACKGROUND);
    var boxes = new float[4 * anchors];
    var positives = image.get("positive_idx");
    for (var i = 0; i < positives.size(); i++) {
      var anchor = positives.get(i).asInt();
      classes[anchor] = image.get("class0").get(i).asInt();
      for (var side = 0; side < 4; side++) {
        boxes[4 * anchor + side] = (float) image.get("box_ty_tx_th_tw").get(i).get(side).asDouble();
      }
    }
    return new Targets(classes, boxes, positives.size());
  }

  /** float32(offset + scale * x). */
  static float[] formula(String name, int count, double offset, double scale) {
    var formula = new Formula(name);
    var values = new float[count];
    for (var i = 0; i < count; i++) {
      values[i] = (float) (offset + scale * formula.x(i));
    }
    return values;
  }

  static double norm(float[] values) {
    var squares = 0.0;
    for (var value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
