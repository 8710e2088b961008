package io.vigil.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.Box;
import io.vigil.model.detect.BoxCoder;
import java.util.stream.IntStream;

/**
 * What a reference makes of its raw outputs with one convention of the aspect ratios.
 *
 * @param logits [anchors, classes]
 * @param boxes [anchors, 4]
 * @param tolerance of the logits
 */
record ReferenceDecoding(
    JsonNode json, Anchors anchors, int classes, float[] logits, float[] boxes, double tolerance) {

  void assertMatches() {
    assertThat(anchors.count()).isEqualTo(json.get("num_anchors").asInt());
    assertBoxes();
    assertTop();
    assertCount("count_score_over_0.5", 0.5);
    assertCount("count_score_over_0.9", 0.9);
  }

  private void assertBoxes() {
    var first = json.get("boxes_first64_yxyx");
    for (var anchor = 0; anchor < first.size(); anchor++) {
      assertBox("box " + anchor, anchor, first.get(anchor));
    }
    for (var side = 0; side < 4; side++) {
      var place = side;
      var mean = sides(place).average().orElseThrow();
      var variance = sides(place).map(value -> (value - mean) * (value - mean)).average();
      assertThat(mean).isCloseTo(figure("boxes_mean", side), within(boxTolerance(side)));
      assertThat(Math.sqrt(variance.orElseThrow()))
          .isCloseTo(figure("boxes_std", side), within(boxTolerance(side)));
    }
  }

  private void assertTop() {
    var best = json.get("top20");
    var next = json.get("logit_21st").asDouble();
    for (var rank = 0; rank < best.size(); rank++) {
      var entry = best.get(rank);
      var anchor = entry.get("anchor").asInt();
      var logit = logits[anchor * classes + entry.get("class0").asInt()];
      assertThat((double) logit)
          .as("logit of rank " + rank)
          .isCloseTo(entry.get("logit").asDouble(), within(tolerance));
      assertThat(1 / (1 + Math.exp(-logit)))
          .as("score of rank " + rank)
          .isCloseTo(entry.get("score").asDouble(), within(tolerance));
      assertBox("box of rank " + rank, anchor, entry.get("box_yxyx"));
    }
    // No other pair is as good as these.
    assertThat(above(next + tolerance)).isLessThanOrEqualTo(best.size());
  }

  /** A logit within the tolerance of the threshold may fall on either side. */
  private void assertCount(String name, double score) {
    var logit = Math.log(score / (1 - score));
    assertThat(json.get(name).asLong())
        .as(name)
        .isBetween(above(logit + tolerance), above(logit - tolerance));
  }

  private long above(double logit) {
    return IntStream.range(0, logits.length).filter(i -> logits[i] > logit).count();
  }

  private void assertBox(String name, int anchor, JsonNode expected) {
    for (var side = 0; side < 4; side++) {
      assertThat(side(anchor, side))
          .as(name)
          .isCloseTo(expected.get(side).asDouble(), within(boxTolerance(side)));
    }
  }

  private double boxTolerance(int side) {
    return 5e-4 * figure("boxes_std", side);
  }

  private double figure(String name, int place) {
    return json.get(name).get(place).asDouble();
  }

  private java.util.stream.DoubleStream sides(int side) {
    return IntStream.range(0, anchors.count()).mapToDouble(anchor -> side(anchor, side));
  }

  /** y1, x1, y2, x2. */
  private double side(int anchor, int side) {
    var at = 4 * anchor;
    Box box =
        BoxCoder.decode(
            anchors.get(anchor), boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
    return switch (side) {
      case 0 -> box.y1();
      case 1 -> box.x1();
      case 2 -> box.y2();
      default -> box.x2();
    };
  }
}
