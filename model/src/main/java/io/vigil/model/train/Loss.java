package io.vigil.model.train;

import static io.vigil.model.config.EfficientDetConfig.ANCHORS_PER_PLACE;

import io.vigil.model.backend.RawMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The loss of a batch and its derivatives by what the heads said.
 *
 * @param classes mean focal loss
 * @param boxes mean loss of the boxes, not weighted
 * @param total classes + weight * boxes
 * @param derivatives of the total
 */
public record Loss(double classes, double boxes, double total, RawMaps derivatives) {

  /**
   * @param outputs of the heads
   * @param targets of each picture
   */
  public static Loss of(LossSettings settings, RawMaps outputs, List<Targets> targets) {
    var scales = scales(settings, targets);
    var offset = 0;
    var classLosses = 0.0;
    var boxLosses = 0.0;
    var classDerivatives = new ArrayList<float[]>();
    var boxDerivatives = new ArrayList<float[]>();
    for (var level = 0; level < outputs.boxes().size(); level++) {
      var map = new LevelLoss(settings, targets, scales, offset);
      var classes = map.classes(outputs.classes().get(level), outputs.boxes().get(level).length);
      var boxes = map.boxes(outputs.boxes().get(level));
      classLosses += classes.loss();
      boxLosses += boxes.loss();
      classDerivatives.add(classes.derivatives());
      boxDerivatives.add(boxes.derivatives());
      offset += outputs.boxes().get(level).length / 4 / targets.size();
    }
    return new Loss(
        classLosses,
        boxLosses,
        classLosses + settings.boxWeight() * boxLosses,
        new RawMaps(classDerivatives, boxDerivatives));
  }

  /** What each picture's losses are multiplied by. */
  private static double[] scales(LossSettings settings, List<Targets> targets) {
    return switch (settings.normalizer()) {
      case BATCH -> {
        var positives = targets.stream().mapToInt(Targets::positives).sum();
        yield targets.stream().mapToDouble(picture -> 1.0 / (positives + 1)).toArray();
      }
      case PICTURE ->
          targets.stream()
              .mapToDouble(picture -> 1.0 / Math.max(1, picture.positives()) / targets.size())
              .toArray();
    };
  }

  /** A sum, and its derivatives by one level's map. */
  private record Part(double loss, float[] derivatives) {}

  /**
   * The loss of one level of the pyramid.
   *
   * @param offset of the level's first anchor
   */
  private record LevelLoss(
      LossSettings settings, List<Targets> targets, double[] scales, int offset) {

    Part classes(float[] logits, int boxValues) {
      var places = boxValues / 4 / ANCHORS_PER_PLACE / targets.size();
      var classes = logits.length / places / ANCHORS_PER_PLACE / targets.size();
      var derivatives = new float[logits.length];
      var planes = logits.length / places;
      var losses =
          IntStream.range(0, planes)
              .parallel()
              .mapToDouble(plane -> classPlane(logits, derivatives, plane, places, classes))
              .toArray();
      return new Part(sum(losses), derivatives);
    }

    /** One class of one anchor shape of one picture, at all places. */
    private double classPlane(
        float[] logits, float[] derivatives, int plane, int places, int classes) {
      var picture = plane / (ANCHORS_PER_PLACE * classes);
      var anchor = plane / classes % ANCHORS_PER_PLACE;
      var index = plane % classes;
      var present = new FocalTerm(settings, true);
      var absent = new FocalTerm(settings, false);
      var wanted = targets.get(picture).classes();
      var scale = scales[picture];
      var sum = 0.0;
      for (var place = 0; place < places; place++) {
        var target = wanted[offset + place * ANCHORS_PER_PLACE + anchor];
        if (target == Targets.IGNORED) {
          continue;
        }
        var term = target == index ? present : absent;
        term.at(logits[plane * places + place]);
        sum += term.loss;
        derivatives[plane * places + place] = (float) (scale * term.derivative);
      }
      return scale * sum;
    }

    Part boxes(float[] values) {
      var places = values.length / 4 / ANCHORS_PER_PLACE / targets.size();
      var derivatives = new float[values.length];
      var sum = 0.0;
      for (var picture = 0; picture < targets.size(); picture++) {
        var wanted = targets.get(picture);
        for (var anchor = 0; anchor < places * ANCHORS_PER_PLACE; anchor++) {
          if (wanted.classes()[offset + anchor] >= 0) {
            sum += box(values, derivatives, picture, anchor, places);
          }
        }
      }
      return new Part(sum, derivatives);
    }

    private double box(float[] values, float[] derivatives, int picture, int anchor, int places) {
      var place = anchor / ANCHORS_PER_PLACE;
      var channel = (picture * ANCHORS_PER_PLACE + anchor % ANCHORS_PER_PLACE) * 4;
      var sum = 0.0;
      for (var i = 0; i < 4; i++) {
        var target = targets.get(picture).boxes()[4 * (offset + anchor) + i];
        if (target != 0 || settings.box().countsZeroTargets()) {
          var at = (channel + i) * places + place;
          var error = (double) values[at] - target;
          sum += settings.box().penalty(error) * scales[picture] / 4;
          derivatives[at] =
              (float)
                  (settings.boxWeight() * settings.box().derivative(error) * scales[picture] / 4);
        }
      }
      return sum;
    }

    /** In their order, whatever thread computed which. */
    private static double sum(double[] losses) {
      var sum = 0.0;
      for (var loss : losses) {
        sum += loss;
      }
      return sum;
    }
  }
}
