package io.vigil.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigil.model.golden.Formula;
import io.vigil.model.golden.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the three references make of the same raw outputs of one D0 picture. */
class PostProcessorGoldenTest {
  private static final JsonNode GOLDEN = GoldenFile.read("postprocess.json");
  private static final int ANCHORS = 49104;
  private static final int CLASSES = 90;
  private static final Anchors D0 =
      Anchors.of(new AnchorLayout(3, 7, 4, 3, AnchorLayout.pairs()), 512, 512);
  private static final float[] LOGITS = logits();
  private static final Candidates TOP = top(5000);

  /** Boxes at 1000 pixels in float32. */
  private static final double PIXELS = 3e-4;

  private static final double SCORE = 2e-7;

  /** A soft score is a product of many, which google/automl rounds one by one. */
  private static final double GOOGLE_SOFT = 2e-6;

  /**
   * effdet moves classes apart by thousands of pixels in float32, which costs digits of the IoU.
   */
  private static final double EFFDET_SOFT = 5e-5;

  /** Several pairs share the 5000th logit; which of them is in is the reference's own accident. */
  @Test
  void theTopPairsAreTheReferences() {
    var top = top(5010);
    float lowest = (float) GOLDEN.at("/rwightman_topk/lowest_logit").asDouble();
    long above = 0;
    var tied = new ArrayList<Long>();
    for (int i = 0; i < top.count() && top.logits()[i] >= lowest; i++) {
      long flat = (long) top.anchors()[i] * CLASSES + top.classes()[i];
      if (top.logits()[i] > lowest) {
        above += flat;
      } else {
        tied.add(flat);
      }
    }
    assertThat(tied).hasSize(3);
    assertThat(GOLDEN.at("/rwightman_topk/sum_of_flat_indices").asLong() - above).isIn(tied);
  }

  /** google/automl's evaluation does not clip: its boxes in model pixels, times its scale. */
  @Test
  void googleHard() {
    var rows = GOLDEN.at("/google_nms_np_hard/rows_id_xmin_ymin_xmax_ymax_score_class1");
    var best = postProcessor(0, 0.5f, 100, Convention.GOOGLE).best(TOP, D0, model());
    assertThat(best).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      var box = best.get(i).box();
      var edges = List.of(box.x1() * 1.6, box.y1() * 1.6, box.x2() * 1.6, box.y2() * 1.6);
      assertRow(rows.get(i), 1, edges, best.get(i).score(), best.get(i).classIndex() + 1);
    }
  }

  @Test
  void effdetHard() {
    var rows = GOLDEN.at("/rwightman_hard_iou0.5/rows_xmin_ymin_xmax_ymax_score_class1");
    var letterbox = new Letterbox(819, 614, 511, 383, 512, 512, 1.6, 1.6);
    var best = postProcessor(0, 0.5f, 100, Convention.EFFDET).best(TOP, D0, letterbox);
    assertThat(best).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      var box = best.get(i).box();
      var edges = List.of(box.x1() * 1.6, box.y1() * 1.6, box.x2() * 1.6, box.y2() * 1.6);
      assertRow(rows.get(i), 0, edges, best.get(i).score(), best.get(i).classIndex() + 1);
    }
  }

  @Test
  void googleGaussian() {
    var rows = GOLDEN.at("/google_nms_np_gaussian/rows_id_xmin_ymin_xmax_ymax_score_class1");
    var settings = new DetectionSettings(0, 0.5f, 100, Set.of(), true, Convention.GOOGLE);
    var best = new PostProcessor(settings.withGaussian(0.5f)).best(TOP, D0, model());
    assertThat(best).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      var box = best.get(i).box();
      var edges = List.of(box.x1() * 1.6, box.y1() * 1.6, box.x2() * 1.6, box.y2() * 1.6);
      assertRow(
          rows.get(i), 1, edges, best.get(i).score(), best.get(i).classIndex() + 1, GOOGLE_SOFT);
    }
  }

  /**
   * effdet moves classes apart by thousands of pixels in float32, which costs digits of the IoU.
   */
  @Test
  void effdetGaussian() {
    var rows =
        GOLDEN.at(
            "/rwightman_soft_gaussian_sigma0.5_thr0.001/rows_xmin_ymin_xmax_ymax_score_class1");
    var letterbox = new Letterbox(819, 614, 511, 383, 512, 512, 1.6, 1.6);
    var settings = new DetectionSettings(0, 0.5f, 100, Set.of(), true, Convention.EFFDET);
    var best = new PostProcessor(settings.withGaussian(0.5f)).best(TOP, D0, letterbox);
    assertThat(best).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      var box = best.get(i).box();
      var edges = List.of(box.x1() * 1.6, box.y1() * 1.6, box.x2() * 1.6, box.y2() * 1.6);
      assertRow(
          rows.get(i), 0, edges, best.get(i).score(), best.get(i).classIndex() + 1, EFFDET_SOFT);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.2", "0.5, 0.5"})
  void zylo(float score, float iou) {
    var golden = GOLDEN.get("zylo_thr%s_iou%s".formatted(score, iou));
    var rows = golden.get("rows_x1_y1_x2_y2_score_class0_first100");
    var best = postProcessor(score, iou, 5000, Convention.ZYLO117).best(top(40_000), D0, model());
    assertThat(best).hasSize(golden.get("count").asInt());
    for (int i = 0; i < rows.size(); i++) {
      var box = best.get(i).box();
      var edges = List.of(box.x1(), box.y1(), box.x2(), box.y2());
      assertRow(rows.get(i), 0, edges, best.get(i).score(), best.get(i).classIndex());
    }
  }

  /** More candidates than the top are passed over, as the reference passes over them. */
  @ParameterizedTest
  @EnumSource(
      value = Convention.class,
      names = {"GOOGLE", "EFFDET"})
  void theReferencesNumberOfPairsIsLookedAt(Convention convention) {
    var settings = DetectionSettings.evaluation(convention);
    assertThat(new PostProcessor(settings).best(top(9000), D0, model()))
        .isEqualTo(new PostProcessor(settings).best(TOP, D0, model()));
  }

  /**
   * The best class of every anchor, suppressed over all classes, the plain way: nothing here is
   * lazy, and no pair was left out.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void googlesExport(double sigma) {
    var settings =
        DetectionSettings.evaluation(Convention.GOOGLE_EXPORT).withGaussian((float) sigma);
    var candidates = top(40_000);
    var best = new PostProcessor(settings).best(candidates, D0, model());
    assertThat(best).hasSize(100).isEqualTo(plainly(bestClasses(candidates), sigma));
  }

  private static List<Nms.Scored> bestClasses(Candidates candidates) {
    var seen = new HashSet<Integer>();
    var boxes = new ArrayList<Nms.Scored>();
    for (int i = 0; i < candidates.count(); i++) {
      if (seen.add(candidates.anchors()[i])) {
        float[] t = Arrays.copyOfRange(candidates.regression(), 4 * i, 4 * i + 4);
        var box = BoxCoder.decode(D0.get(candidates.anchors()[i]), t[0], t[1], t[2], t[3]);
        float score = (float) (1 / (1 + StrictMath.exp(-candidates.logits()[i])));
        boxes.add(new Nms.Scored(candidates.classes()[i], score, box));
      }
    }
    return boxes;
  }

  private static List<Nms.Scored> plainly(List<Nms.Scored> boxes, double sigma) {
    var scores = boxes.stream().mapToDouble(Nms.Scored::score).toArray();
    var picked = new ArrayList<Nms.Scored>();
    while (picked.size() < 100) {
      int best = 0;
      for (int i = 1; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
      var pick = boxes.get(best);
      picked.add(new Nms.Scored(pick.classIndex(), (float) scores[best], pick.box()));
      scores[best] = -1;
      for (int i = 0; i < scores.length; i++) {
        double iou = pick.box().iou(boxes.get(i).box(), 0);
        boolean hard = sigma == 0 && iou > 0.5;
        scores[i] =
            hard ? -1 : sigma == 0 ? scores[i] : scores[i] * StrictMath.exp(-iou * iou / sigma);
      }
    }
    return picked;
  }

  private static void assertRow(
      JsonNode row, int start, List<Double> edges, float score, int classId) {
    assertRow(row, start, edges, score, classId, SCORE);
  }

  private static void assertRow(
      JsonNode row, int start, List<Double> edges, float score, int classId, double tolerance) {
    for (int i = 0; i < 4; i++) {
      assertThat(edges.get(i)).isCloseTo(row.get(start + i).asDouble(), within(PIXELS));
    }
    assertThat((double) score).isCloseTo(row.get(start + 4).asDouble(), within(tolerance));
    assertThat(classId).isEqualTo(row.get(start + 5).asInt());
  }

  private static PostProcessor postProcessor(
      float score, float iou, int most, Convention convention) {
    return new PostProcessor(new DetectionSettings(score, iou, most, Set.of(), true, convention));
  }

  private static Letterbox model() {
    return Letterbox.of(512, 512, 512, 128, true);
  }

  private static float[] logits() {
    var x = new Formula("pp:cls");
    var logits = new double[ANCHORS * CLASSES];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = -6 + 3 * x.x(i);
    }
    var objects = new Formula("pp:obj");
    for (int j = 0; j < GOLDEN.get("objects").size(); j++) {
      int anchor = (int) ((objects.raw(j) >>> 1) % ANCHORS);
      int classIndex = (int) ((objects.raw(j) >>> 40) % 6) * 7;
      for (int d = Math.max(-20, -anchor); d <= 20 && anchor + d < ANCHORS; d++) {
        logits[(anchor + d) * CLASSES + classIndex] += 9 - 0.25 * Math.abs(d);
      }
    }
    var rounded = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      rounded[i] = (float) logits[i];
    }
    return rounded;
  }

  private static Candidates top(int count) {
    int[] best =
        IntStream.range(0, LOGITS.length)
            .filter(i -> LOGITS[i] > -3.2f)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> -LOGITS[i]).thenComparingInt(i -> i))
            .limit(count)
            .mapToInt(i -> i)
            .toArray();
    var x = new Formula("pp:box");
    var candidates =
        new Candidates(
            new float[best.length],
            new int[best.length],
            new int[best.length],
            new float[4 * best.length]);
    for (int i = 0; i < best.length; i++) {
      candidates.logits()[i] = LOGITS[best[i]];
      candidates.classes()[i] = best[i] % CLASSES;
      candidates.anchors()[i] = best[i] / CLASSES;
      for (int k = 0; k < 4; k++) {
        candidates.regression()[4 * i + k] = (float) (0.2 * x.x(4L * candidates.anchors()[i] + k));
      }
    }
    return candidates;
  }
}
