package io.vigil.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.backend.RawMaps;
import io.vigil.model.golden.GoldenFile;
import io.vigil.model.train.LossSettings.Huber;
import io.vigil.model.train.LossSettings.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and their derivatives, as google/automl and effdet compute them. */
class LossGoldenTest {

  private static final JsonNode GOLDEN = GoldenFile.read("training/loss.json");
  private static final int ANCHORS = 12276;
  private static final RawMaps OUTPUTS = outputs();
  private static final List<Targets> TARGETS = GoldenCases.targets(GOLDEN.get("targets"), ANCHORS);

  static Stream<Named<JsonNode>> variants() {
    return GoldenCases.stream(GOLDEN.get("variants"))
        .filter(variant -> variant.has("grad_class"))
        .map(variant -> Named.of(variant.get("variant").asText(), variant));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theLossAndItsDerivativesAreTheReferences(JsonNode golden) {
    var smoothing = golden.get("variant").asText().endsWith("0.1") ? 0.1 : 0;

    var loss = Loss.of(settings(smoothing), OUTPUTS, TARGETS);

    assertThat(loss.total()).isCloseTo(figure(golden, "total"), relative(1e-5));
    assertThat(loss.classes()).isCloseTo(figure(golden, "class_loss"), relative(1e-5));
    assertThat(loss.boxes()).isCloseTo(figure(golden, "box_loss"), relative(1e-5));
    assertDerivatives(golden.get("grad_class"), loss.derivatives().classes());
    assertDerivatives(golden.get("grad_box"), loss.derivatives().boxes());
    assertPositives(golden.get("grad_at_positives"), loss.derivatives());
  }

  private static void assertDerivatives(JsonNode levels, List<float[]> derivatives) {
    for (var level = 0; level < levels.size(); level++) {
      var golden = levels.get(level);
      var actual = derivatives.get(level);
      var norm = figure(golden, "norm");
      assertThat(GoldenCases.norm(actual)).isCloseTo(norm, within(1e-5 * norm + 1e-12));
      var largest = 0f;
      for (var value : actual) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (var i = 0; i < golden.get("idx").size(); i++) {
        assertThat((double) actual[golden.get("idx").get(i).asInt()])
            .isCloseTo(golden.get("val").get(i).asDouble(), within(1e-5 * largest + 1e-12));
      }
    }
  }

  private static void assertPositives(JsonNode positives, RawMaps derivatives) {
    assertThat(positives.size()).isPositive();
    for (var positive : positives) {
      var level = positive.get("level").asInt();
      var side = 256 >> level;
      var place = positive.get("y").asInt() * side + positive.get("x").asInt();
      var anchor = positive.get("image").asInt() * 9 + positive.get("a").asInt();
      var channel = anchor * 90 + positive.get("class0").asInt();
      var logit = derivatives.classes().get(level - 3)[channel * side * side + place];
      assertThat((double) logit).isCloseTo(figure(positive, "d_logit"), relative(1e-5));
      for (var i = 0; i < 4; i++) {
        var box = derivatives.boxes().get(level - 3)[(anchor * 4 + i) * side * side + place];
        assertThat((double) box).isCloseTo(positive.get("d_box").get(i).asDouble(), within(1e-8));
      }
    }
  }

  @Test
  void aBatchWithoutObjectsHasALossToo() {
    var golden = GOLDEN.get("batch_without_boxes");
    var none = new Targets(classes(Targets.BACKGROUND), new float[4 * ANCHORS], 0);

    var loss = Loss.of(settings(0), OUTPUTS, List.of(none, none));

    assertThat(loss.total()).isCloseTo(figure(golden, "total"), relative(1e-5));
    for (var level = 0; level < 5; level++) {
      assertThat(GoldenCases.norm(loss.derivatives().classes().get(level)))
          .isCloseTo(golden.get("grad_class_norm_per_level").get(level).asDouble(), relative(1e-5));
    }
    assertThat(loss.derivatives().boxes()).allSatisfy(map -> assertThat(map).containsOnly(0));
  }

  @Test
  void ignoredAnchorsAddNothing() {
    var ignored = new Targets(classes(Targets.IGNORED), new float[4 * ANCHORS], 0);

    var loss = Loss.of(LossSettings.retinaNet(), OUTPUTS, List.of(ignored, ignored));

    assertThat(loss.total()).isZero();
    assertThat(loss.derivatives().classes()).allSatisfy(map -> assertThat(map).containsOnly(0));
  }

  @Test
  void retinaNetsLossIsTheMeanOfThePicturesOwn() {
    var settings = LossSettings.retinaNet();
    var both = Loss.of(settings, OUTPUTS, TARGETS);

    var first = Loss.of(settings, half(0), TARGETS.subList(0, 1));
    var second = Loss.of(settings, half(1), TARGETS.subList(1, 2));

    assertThat(both.total()).isCloseTo((first.total() + second.total()) / 2, relative(1e-9));
  }

  /** "Focal Loss for Dense Object Detection", equation 5, at gamma 2, in Python. */
  @Test
  void retinaNetsFocalLossHasASquare() {
    var present = new FocalTerm(LossSettings.retinaNet(), true);
    present.at(0.5);
    assertTable(present.loss, 0.016893372629);
    assertThat(present.derivative).isCloseTo(-0.034484249, within(1e-8));
    var absent = new FocalTerm(LossSettings.retinaNet(), false);
    absent.at(0.5);
    assertTable(absent.loss, 0.283058700645);
    assertThat(absent.derivative).isCloseTo(0.394613866, within(1e-8));
  }

  /** 4.5 x error^2 below a ninth, |error| - 1/18 above it. */
  @Test
  void retinaNetsBoxesHaveASlopeOfOne() {
    var box = LossSettings.retinaNet().box();

    assertTable(box.penalty(-0.05), 0.01125);
    assertTable(box.derivative(-0.05), -0.45);
    assertTable(box.penalty(1), 17.0 / 18);
    assertTable(box.derivative(1), 1);
  }

  /** One place with two objects, one of them with a target of 0, and an anchor that is ignored. */
  @Test
  void retinaNetsDivideByAPicturesOwnObjects() {
    var classes = new int[] {0, 0, Targets.IGNORED, -1, -1, -1, -1, -1, -1};
    assertThat(Targets.BACKGROUND).isEqualTo(-1);
    var wanted = new float[36];
    wanted[1] = 0.1f;
    var regression = new float[36];
    java.util.Arrays.fill(regression, 0.05f);
    var outputs = new RawMaps(List.of(new float[9]), List.of(regression));
    var targets = List.of(new Targets(classes, wanted, 2));

    var retinaNet = Loss.of(LossSettings.retinaNet(), outputs, targets);
    var official = Loss.of(LossSettings.official(), outputs, targets);

    // A logit of 0 costs 1/4 ln 2 by the weight of its class
    var single = Math.log(2) / 4;
    assertTable(retinaNet.classes(), single * (2 * 0.25 + 6 * 0.75) / 2);
    assertThat(retinaNet.boxes()).isCloseTo(8 * 0.01125 / 4 / 2, within(1e-8));
    assertTable(retinaNet.total(), retinaNet.classes() + 50 * retinaNet.boxes());
    // Of Google's the one component whose target is not 0, and one more object
    assertThat(official.boxes()).isCloseTo(0.05 * 0.05 / 2 / 4 / 3, within(1e-8));
  }

  @Test
  void oneLogitsLossIsTheTables() {
    for (var row : GOLDEN.get("focal_table")) {
      var present = row.get("target").asDouble() == 1;
      var term = new FocalTerm(settings(figure(row, "smoothing")), present);
      term.at(figure(row, "logit"));
      assertTable(term.loss, figure(row, "loss"));
      assertTable(term.derivative, figure(row, "dloss_dlogit"));
    }
  }

  @Test
  void oneErrorsLossIsTheTables() {
    var huber = new Huber(0.1);
    for (var row : GOLDEN.get("huber_table")) {
      assertTable(huber.penalty(figure(row, "err")), figure(row, "loss"));
      assertTable(huber.derivative(figure(row, "err")), figure(row, "dloss_derr"));
    }
  }

  private static void assertTable(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-6 * Math.abs(expected) + 1e-12));
  }

  private static LossSettings settings(double smoothing) {
    return new LossSettings(0.25, 1.5, smoothing, new Huber(0.1), 50, Normalizer.BATCH);
  }

  private static int[] classes(int value) {
    var classes = new int[ANCHORS];
    java.util.Arrays.fill(classes, value);
    return classes;
  }

  private static RawMaps outputs() {
    var classes = new ArrayList<float[]>();
    var boxes = new ArrayList<float[]>();
    for (var level = 3; level <= 7; level++) {
      var places = (256 >> level) * (256 >> level);
      classes.add(GoldenCases.formula("loss:cls" + level, 2 * 810 * places, -4.6, 1));
      boxes.add(GoldenCases.formula("loss:box" + level, 2 * 36 * places, 0, 0.3));
    }
    return new RawMaps(classes, boxes);
  }

  private static RawMaps half(int index) {
    return new RawMaps(
        OUTPUTS.classes().stream().map(map -> half(map, index)).toList(),
        OUTPUTS.boxes().stream().map(map -> half(map, index)).toList());
  }

  private static float[] half(float[] map, int index) {
    return java.util.Arrays.copyOfRange(map, index * map.length / 2, (index + 1) * map.length / 2);
  }

  private static double figure(JsonNode json, String name) {
    return json.get(name).asDouble();
  }

  private static Percentage relative(double share) {
    return Percentage.withPercentage(100 * share);
  }
}
