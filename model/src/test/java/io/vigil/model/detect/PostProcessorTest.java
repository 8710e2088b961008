package io.vigil.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PostProcessorTest {
  private static final AnchorLayout LAYOUT = new AnchorLayout(3, 7, 4, 3, AnchorLayout.pairs());
  private static final Letterbox LETTERBOX = Letterbox.of(1024, 576, 512, 128, false);
  private static final Anchors ANCHORS = Anchors.of(LAYOUT, LETTERBOX.height(), LETTERBOX.width());

  /** A candidate by the anchor and the four numbers of its box. */
  private record Pair(float logit, int classIndex, int anchor, float[] regression) {}

  @Test
  void twoOverlappingBoxesOfOneClassAreOneDetectionAndOfTwoClassesTwo() {
    int anchor = middleAnchor();
    var candidates =
        candidates(List.of(pair(3, 7, anchor), pair(2, 7, anchor + 9), pair(1, 8, anchor)));
    assertThat(detect(candidates, settings(0.1f, Set.of())))
        .extracting(Detection::classIndex)
        .containsExactly(7, 8);
  }

  @Test
  void classAgnosticSuppressionLetsBoxesOfAllClassesMeet() {
    int anchor = middleAnchor();
    var candidates =
        candidates(List.of(pair(3, 7, anchor), pair(2, 7, anchor + 9), pair(1, 8, anchor)));
    var agnostic = settings(0.1f, Set.of()).withClassAgnostic(true);
    assertThat(detect(candidates, agnostic)).extracting(Detection::classIndex).containsExactly(7);
    // the same box of another class keeps 0.73 * exp(-2), less than the threshold
    assertThat(detect(candidates, agnostic.withGaussian(0.5f)))
        .extracting(Detection::classIndex)
        .containsExactly(7, 7);
  }

  @Test
  void aClassMayHaveAThresholdOfItsOwn() {
    int anchor = middleAnchor();
    var candidates =
        candidates(List.of(pair(1, 7, anchor), pair(0.5f, 8, anchor), pair(-2, 9, anchor)));
    var settings = settings(0.5f, Set.of()).withClassThresholds(Map.of(7, 0.9f, 9, 0.1f));
    assertThat(detect(candidates, settings))
        .extracting(Detection::classIndex)
        .containsExactly(8, 9);
    assertThat(detect(candidates, settings.withGaussian(0.5f)))
        .extracting(Detection::classIndex)
        .containsExactly(8, 9);
    assertThat(new PostProcessor(settings).mayLackCandidates(candidates)).isTrue();
    assertThat(new PostProcessor(settings(0.5f, Set.of())).mayLackCandidates(candidates)).isFalse();
  }

  /** The same box twice: an IoU of 1, so exp(-1 / 0.5) of its score. */
  @Test
  void gaussianSuppressionLowersScoresAndDropsWhatFallsBelowTheThreshold() {
    int anchor = middleAnchor();
    var same = candidates(List.of(pair(3, 7, anchor), pair(3, 7, anchor)));
    var soft = settings(0.1f, Set.of()).withGaussian(0.5f);
    assertThat(detect(same, soft))
        .extracting(Detection::score)
        .satisfies(
            scores -> {
              assertThat(scores).hasSize(2);
              assertThat(scores.get(0)).isCloseTo(0.95257413f, within(1e-6f));
              assertThat(scores.get(1)).isCloseTo(0.95257413f * 0.13533528f, within(1e-6f));
            });
    assertThat(detect(same, settings(0.13f, Set.of()).withGaussian(0.5f))).hasSize(1);
  }

  /** As google/automl has it: the first of a class is kept, whatever its score. */
  @Test
  void gaussianSuppressionDropsBelowOneInAThousandAllButAClassesFirst() {
    int anchor = middleAnchor();
    int elsewhere = 9;
    var candidates =
        candidates(List.of(pair(-8, 7, anchor), pair(-8, 7, elsewhere), pair(-8, 8, anchor)));
    var soft = settings(0, Set.of()).withGaussian(0.5f);
    assertThat(detect(candidates, soft)).extracting(Detection::classIndex).containsExactly(7, 8);
  }

  /**
   * One box beside the best and one below it, as far: lowered to the same score, they stay in the
   * order of their ranks, whatever order they come in.
   */
  @Test
  void equalScoresAfterGaussianSuppressionComeByRank() {
    int anchor =
        IntStream.range(0, ANCHORS.count())
            .filter(i -> ANCHORS.get(i).equals(new Anchors.Anchor(144, 144, 128, 128)))
            .findFirst()
            .orElseThrow();
    var best = pair(3, 7, anchor);
    var below = new Pair(2, 7, anchor, new float[] {0.5f, 0, 0, 0});
    var beside = new Pair(2, 7, anchor, new float[] {0, 0.5f, 0, 0});
    var soft = settings(0.1f, Set.of()).withGaussian(0.5f);

    var one = detect(candidates(List.of(best, below, beside)), soft);
    var other = detect(candidates(List.of(best, beside, below)), soft);

    assertThat(one.get(1).y1()).isGreaterThan(one.get(0).y1());
    assertThat(other.get(1).x1()).isGreaterThan(other.get(0).x1());
  }

  @Test
  void onlyTheFirstKAreLookedAt() {
    var candidates = random(3000, 5);
    var all = settings(0, Set.of());
    assertThat(detect(candidates, all.withTopK(20))).hasSizeBetween(1, 20);
    assertThat(detect(candidates, all.withTopK(3000))).isEqualTo(detect(candidates, all));
  }

  @Test
  void whatTheNetworkDidNotGiveCannotComeBeforeAFullNumber() {
    int anchor = middleAnchor();
    var candidates = candidates(List.of(pair(3, 1, anchor), pair(2, 2, anchor)));
    var two =
        new PostProcessor(new DetectionSettings(0, 0.5f, 2, Set.of(), false, Convention.GOOGLE));
    var found = two.detect(candidates, ANCHORS, LETTERBOX);
    assertThat(two.mayLackCandidates(candidates, found)).isFalse();
    assertThat(two.mayLackCandidates(candidates, found.subList(0, 1))).isTrue();
    assertThat(new PostProcessor(settings(0.9f, Set.of())).mayLackCandidates(candidates, List.of()))
        .isFalse();
  }

  @Test
  void aBoxComesBackInSourcePixels() {
    int anchor = middleAnchor();
    var expected = BoxCoder.decode(ANCHORS.get(anchor), 0, 0, 0, 0);
    var detection =
        detect(candidates(List.of(pair(3, 7, anchor))), settings(0.1f, Set.of())).get(0);
    assertThat(detection.score()).isCloseTo(0.95257413f, within(1e-7f));
    assertThat((double) detection.x1()).isCloseTo(2 * expected.x1(), within(1e-4));
    assertThat((double) detection.y1()).isCloseTo(2 * expected.y1(), within(1e-4));
    assertThat((double) detection.x2()).isCloseTo(2 * expected.x2(), within(1e-4));
    assertThat((double) detection.y2()).isCloseTo(2 * expected.y2(), within(1e-4));
  }

  @Test
  void theThresholdItselfIsKept() {
    var candidates = candidates(List.of(pair(0, 1, middleAnchor())));
    assertThat(detect(candidates, settings(0.5f, Set.of()))).hasSize(1);
    assertThat(detect(candidates, settings(0.50001f, Set.of()))).isEmpty();
  }

  @Test
  void whatIsNoNumberIsNoDetection() {
    int anchor = middleAnchor();
    var candidates =
        candidates(
            List.of(
                new Pair(Float.NaN, 1, anchor, new float[4]),
                new Pair(5, 2, anchor, new float[] {0, Float.NaN, 0, 0}),
                new Pair(4, 3, anchor, new float[] {0, 0, 1e30f, 1e30f}),
                pair(3, 4, anchor)));
    assertThat(detect(candidates, settings(0, Set.of())))
        .extracting(Detection::classIndex)
        .containsExactly(4);
  }

  @Test
  void aBoxInThePaddingIsNoDetection() {
    int lowestRow = 47 * 64 * 9;
    assertThat(ANCHORS.get(lowestRow).centreY()).isGreaterThan(LETTERBOX.scaledHeight() + 80);
    assertThat(detect(candidates(List.of(pair(3, 1, lowestRow))), settings(0, Set.of()))).isEmpty();
  }

  /** Filtering before NMS: other classes cannot use up the places of the wanted one. */
  @ParameterizedTest
  @EnumSource(
      value = Convention.class,
      names = {"GOOGLE", "EFFDET"})
  void filteringClassesChangesNothingForTheWanted(Convention convention) {
    var candidates = random(3000, 1);
    var all = new DetectionSettings(0.2f, 0.5f, 5000, Set.of(), false, convention);
    var few = new DetectionSettings(0.2f, 0.5f, 5000, Set.of(3, 5), false, convention);
    assertThat(detect(candidates, few))
        .isNotEmpty()
        .containsExactlyElementsOf(
            detect(candidates, all).stream()
                .filter(d -> d.classIndex() == 3 || d.classIndex() == 5)
                .toList());
  }

  @ParameterizedTest
  @EnumSource(Convention.class)
  void theOrderOfCandidatesDoesNotMatter(Convention convention) {
    var pairs = new ArrayList<>(randomPairs(2000, 2));
    var settings = new DetectionSettings(0.2f, 0.5f, 100, Set.of(), false, convention);
    var expected = detect(candidates(pairs), settings);
    assertThat(expected).hasSizeGreaterThan(50);
    Collections.shuffle(pairs, new Random(3));
    assertThat(detect(candidates(pairs), settings)).isEqualTo(expected);
  }

  @Test
  void equalScoresOfOneAnchorComeByClass() {
    int anchor = middleAnchor();
    var candidates = candidates(List.of(pair(2, 8, anchor), pair(2, 7, anchor)));
    assertThat(detect(candidates, settings(0.1f, Set.of())))
        .extracting(Detection::classIndex)
        .containsExactly(7, 8);
  }

  @ParameterizedTest
  @EnumSource(Convention.class)
  void detectionsLieInThePictureAndDoNotOverlapWithinAClass(Convention convention) {
    var settings = new DetectionSettings(0.1f, 0.5f, 5000, Set.of(), false, convention);
    var detections = detect(random(3000, 4), settings);
    assertThat(detections).hasSizeGreaterThan(300);
    for (var detection : detections) {
      assertThat(detection.x1()).isBetween(0f, detection.x2());
      assertThat(detection.y1()).isBetween(0f, detection.y2());
      assertThat(detection.x2()).isLessThanOrEqualTo(1024);
      assertThat(detection.y2()).isLessThanOrEqualTo(576);
    }
    var best = new PostProcessor(settings).best(random(3000, 4), ANCHORS, LETTERBOX);
    for (int i = 0; i < best.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (best.get(i).classIndex() == best.get(j).classIndex()) {
          assertThat(best.get(i).box().iou(best.get(j).box(), 0)).isLessThan(0.52);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Convention.class,
      names = {"ZYLO117", "GOOGLE_EXPORT"})
  void someKeepTheBestClassOfAnAnchorOnly(Convention convention) {
    int anchor = middleAnchor();
    var candidates = candidates(List.of(pair(3, 7, anchor), pair(2, 8, anchor)));
    var settings =
        new DetectionSettings(0.1f, 0.5f, 100, Set.of(), false, convention)
            .withClassAgnostic(false);
    assertThat(detect(candidates, settings)).extracting(Detection::classIndex).containsExactly(7);
  }

  @Test
  void saysWhenALargerKMightHaveFoundMore() {
    var candidates = candidates(List.of(pair(3, 1, 0), pair(-1, 1, 0)));
    assertThat(new PostProcessor(settings(0.3f, Set.of())).mayLackCandidates(candidates)).isFalse();
    assertThat(new PostProcessor(settings(0.2f, Set.of())).mayLackCandidates(candidates)).isTrue();
    assertThat(new PostProcessor(settings(0, Set.of())).mayLackCandidates(candidates(List.of())))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5, -1, 1.5", "9000, -2, 0.25, 0"})
  void encodingIsTheInverseOfDecoding(int anchor, float ty, float th, float tw) {
    var box = BoxCoder.decode(ANCHORS.get(anchor), ty, 0.75f, th, tw);
    assertThat(BoxCoder.encode(ANCHORS.get(anchor), box))
        .containsExactly(new double[] {ty, 0.75, th, tw}, within(1e-9));
  }

  /** Of level 4, octave 0, ratio 1, in the middle of the picture. */
  private static int middleAnchor() {
    return 64 * 48 * 9 + (9 * 32 + 16) * 9;
  }

  private static Pair pair(float logit, int classIndex, int anchor) {
    return new Pair(logit, classIndex, anchor, new float[4]);
  }

  private static DetectionSettings settings(float score, Set<Integer> classes) {
    return new DetectionSettings(score, 0.5f, 100, classes, false, Convention.GOOGLE);
  }

  private static List<Detection> detect(Candidates candidates, DetectionSettings settings) {
    return new PostProcessor(settings).detect(candidates, ANCHORS, LETTERBOX);
  }

  private static Candidates random(int count, long seed) {
    return candidates(randomPairs(count, seed));
  }

  /** With many equal logits, so that ties must be broken. */
  private static List<Pair> randomPairs(int count, long seed) {
    var random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Pair(
                    random.nextInt(-40, 60) / 20f,
                    random.nextInt(10),
                    (int) ((long) i * ANCHORS.count() / count),
                    new float[] {
                      (float) random.nextGaussian(), (float) random.nextGaussian(), 0.1f, -0.2f
                    }))
        .toList();
  }

  private static Candidates candidates(List<Pair> pairs) {
    int count = pairs.size();
    var candidates =
        new Candidates(new float[count], new int[count], new int[count], new float[4 * count]);
    for (int i = 0; i < count; i++) {
      var pair = pairs.get(i);
      candidates.logits()[i] = pair.logit;
      candidates.classes()[i] = pair.classIndex;
      candidates.anchors()[i] = pair.anchor;
      System.arraycopy(pair.regression, 0, candidates.regression(), 4 * i, 4);
    }
    return candidates;
  }
}
