package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vigil.model.detect.AnchorLayout;
import io.vigil.model.detect.Anchors;
import io.vigil.model.detect.BoxCoder;
import io.vigil.model.golden.GoldenFile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which anchors learn which object, as google/automl and effdet decide it. */
class AssignerGoldenTest {

  static Stream<Named<JsonNode>> cases() {
    return GoldenCases.stream(GoldenFile.read("training/assign.json").get("cases"))
        .map(c -> Named.of(c.get("name").asText(), c));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void assignsAsTheReference(JsonNode golden) {
    var targets = assign(golden);

    var classes = known(golden, "all_positive_class0");
    assertThat(targets.positives()).isEqualTo(classes.length);
    var positives =
        IntStream.range(0, targets.classes().length)
            .filter(anchor -> targets.classes()[anchor] != Targets.BACKGROUND)
            .toArray();
    assertThat(positives).containsExactly(known(golden, "all_positive_idx"));
    assertThat(IntStream.of(positives).map(anchor -> targets.classes()[anchor]).toArray())
        .containsExactly(classes);
    assertBoxes(golden, targets);
  }

  private static void assertBoxes(JsonNode golden, Targets targets) {
    for (var i = 0; i < golden.get("shown_idx").size(); i++) {
      var anchor = golden.get("shown_idx").get(i).asInt();
      if (golden.get("shown_class0").get(i).asInt() < 0) {
        continue;
      }
      for (var side = 0; side < 4; side++) {
        var expected = floored(golden.get("shown_box_ty_tx_th_tw").get(i).get(side).asDouble());
        assertThat((double) targets.boxes()[4 * anchor + side])
            .as("anchor %d, side %d", anchor, side)
            .isCloseTo(expected, within(3e-6));
      }
    }
  }

  /** Effdet adds 1e-7 to a side of no length where google/automl takes 1e-8. */
  private static double floored(double logarithm) {
    return logarithm < -15 ? logarithm - Math.log(10) : logarithm;
  }

  /**
   * Of the anchors whose object has a class: the reference keeps objects of class 0, which no data
   * set that was checked has.
   */
  private static int[] known(JsonNode golden, String list) {
    return IntStream.range(0, golden.get(list).size())
        .filter(i -> golden.get("all_positive_class0").get(i).asInt() >= 0)
        .map(i -> golden.get(list).get(i).asInt())
        .toArray();
  }

  @Test
  void anAnchorThatIsTheObjectItselfHasTargetsOfExactlyZero() {
    var golden =
        cases().filter(c -> c.getName().equals("k_exact_anchor")).findFirst().orElseThrow();

    var boxes = assign(golden.getPayload()).boxes();

    assertThat(Arrays.copyOfRange(boxes, 4 * 39834, 4 * 39834 + 4)).containsOnly(0f);
  }

  @Test
  void retinaNetIgnoresWhatOverlapsALittleAndForcesNothing() {
    var layout = GoldenCases.layout(TextNode.valueOf("pairs"));
    var assigner = new Assigner(Assignment.retinaNet(), layout, 256, 256);
    var official = new Assigner(Assignment.official(), layout, 256, 256);
    var thin = List.of(new TruthBox(10, 10, 12, 200, 0));
    var plain = List.of(new TruthBox(50, 50, 110, 110, 3));

    assertThat(assigner.assign(thin).positives()).isZero();
    assertThat(official.assign(thin).positives()).isEqualTo(1);
    var ignored = IntStream.of(assigner.assign(plain).classes()).filter(c -> c == Targets.IGNORED);
    assertThat(ignored.count()).isPositive();
    assertThat(assigner.assign(plain).positives()).isEqualTo(official.assign(plain).positives());
    assertThat(official.assign(plain).classes()).doesNotContain(Targets.IGNORED);
  }

  /** An object that is a share of an anchor overlaps it by that share. */
  @ParameterizedTest
  @CsvSource({"0.3, -1, -1", "0.45, -2, -1", "0.6, 7, 7"})
  void theIgnoredBandIsBetweenTwoShares(float share, int retinaNet, int official) {
    var layout = GoldenCases.layout(TextNode.valueOf("pairs"));
    var anchors = Anchors.of(layout, 256, 256);
    // The largest square of level 5's middle: there are anchors that fit such an object better
    var chosen =
        IntStream.range(0, anchors.count())
            .filter(i -> isSquareAt(anchors.get(i), 112, 203))
            .findFirst()
            .orElseThrow();
    var edges = BoxCoder.decode(anchors.get(chosen), 0, 0, 0, 0);
    var height = edges.y2() - edges.y1();
    var top = edges.y1() + (1 - share) / 2 * height;
    var object =
        new TruthBox(
            (float) top, (float) edges.x1(), (float) (top + share * height), (float) edges.x2(), 7);

    assertThat(Targets.BACKGROUND).isEqualTo(-1);
    assertThat(Targets.IGNORED).isEqualTo(-2);
    assertThat(assigned(Assignment.retinaNet(), layout, object)[chosen]).isEqualTo(retinaNet);
    assertThat(assigned(Assignment.official(), layout, object)[chosen]).isEqualTo(official);
  }

  private static boolean isSquareAt(Anchors.Anchor anchor, double centre, int side) {
    return anchor.centreY() == centre
        && anchor.centreX() == centre
        && (int) anchor.height() == side
        && (int) anchor.width() == side;
  }

  private static int[] assigned(Assignment rule, AnchorLayout layout, TruthBox object) {
    return new Assigner(rule, layout, 256, 256).assign(List.of(object)).classes();
  }

  private static Targets assign(JsonNode golden) {
    var assigner =
        new Assigner(
            Assignment.official(),
            GoldenCases.layout(golden.get("aspect")),
            golden.get("H").asInt(),
            golden.get("W").asInt());
    return assigner.assign(
        GoldenCases.objects(golden.get("boxes_y1x1y2x2"), golden.get("classes_1based")));
  }
}
